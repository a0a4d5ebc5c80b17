"""The second wall: views for the public login, and nothing else."""

from django.db import migrations

WALLS = """
CREATE FUNCTION disclosure_day() RETURNS date LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('disclosure.day', true), '')::date, (now() AT TIME ZONE 'Asia/Shanghai')::date) $$;

CREATE VIEW disclosure_shown AS
SELECT id, version, kind, number, title, department_uscc, department_name, division_code, ancestors, areas, source_type,
       severity, is_person, decided_on, visible_from, visible_until, marked_on, corrected_on, body, haystack, grams
  FROM disclosure_document
 WHERE ended_on IS NULL AND visible_from <= disclosure_day() AND visible_until >= disclosure_day();
COMMENT ON VIEW disclosure_shown IS
'A forgotten filter shows nothing more. No security barrier on purpose: it would keep the search from its index.';

-- Planned once a connection instead of once a request: planning cost more than reading.
CREATE FUNCTION disclosure_one(asked uuid, day date) RETURNS TABLE (version integer, body text) LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY SELECT shown.version::integer, shown.body FROM disclosure_shown AS shown
    WHERE shown.id = asked AND shown.visible_from <= day AND shown.visible_until >= day;
END $$;
CREATE FUNCTION disclosure_state() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT entry.position FROM ledger_public_entry AS entry ORDER BY entry.position DESC LIMIT 1);
END $$;

CREATE VIEW disclosure_overdue AS
SELECT id, version, visible_until FROM disclosure_document WHERE ended_on IS NULL AND visible_until < disclosure_day();

CREATE VIEW disclosure_month AS
SELECT month, sum(shown)::int AS shown, sum(ended)::int AS ended
  FROM (SELECT date_trunc('month', visible_from)::date AS month, 1 AS shown, 0 AS ended FROM disclosure_document
         WHERE visible_from > disclosure_day() - 400
        UNION ALL
        SELECT date_trunc('month', ended_on)::date, 0, 1 FROM disclosure_document
         WHERE ended_on > disclosure_day() - 400) AS turns
 GROUP BY month;

CREATE VIEW disclosure_department AS
SELECT id, uscc, name, level, division_code, parent_id, path, is_credit_lead, valid_from, valid_to FROM accounts_department;

CREATE VIEW disclosure_department_name AS
SELECT id, department_id, name, valid_from, valid_to FROM accounts_departmentname;

CREATE VIEW disclosure_code AS
SELECT id, list_name, code, label, place FROM rules_code
 WHERE valid_to IS NULL AND list_name IN ('source_type', 'key_area', 'severity');

DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'integrity_public') THEN
    GRANT SELECT ON disclosure_shown, disclosure_overdue, disclosure_month, disclosure_department,
                    disclosure_department_name, disclosure_code, disclosure_frequency TO integrity_public;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'integrity_app') THEN
    REVOKE INSERT, UPDATE ON disclosure_shown, disclosure_overdue, disclosure_month, disclosure_department,
                             disclosure_department_name, disclosure_code FROM integrity_app;
    GRANT DELETE ON disclosure_frequency TO integrity_app;
  END IF;
END $$;
"""

DOORS = """
DROP FUNCTION disclosure_state();
DROP FUNCTION disclosure_one(uuid, date);
DROP VIEW disclosure_code, disclosure_department_name, disclosure_department, disclosure_month, disclosure_overdue, disclosure_shown;
DROP FUNCTION disclosure_day();
"""


class Migration(migrations.Migration):
    """Put the walls up, or take them down."""

    dependencies = [
        ("disclosure", "0001_initial"),
        ("accounts", "0001_initial"),
        ("rules", "0001_initial"),
        ("ledger", "0002_walls"),
    ]

    operations = [migrations.RunSQL(WALLS, DOORS)]
