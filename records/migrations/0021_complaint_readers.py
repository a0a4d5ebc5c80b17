"""Row-level security of complaints: whoever serves the department complained about reads no row of them, whatever the code forgot."""

from django.db import migrations

SERVES = """
-- The departments a person serves: where he holds a role or a post, and what stands above, the topmost government spared
-- (the same rule as records.models.complaint_querysets.shut_out).
CREATE FUNCTION records_reader_serves() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT unit.id), '{}')
    FROM (
        SELECT held.department_id FROM accounts_heldrole held
        WHERE held.person_id::text = current_setting('records.reader', true)
          AND (held.valid_to IS NULL OR held.valid_to > now())
        UNION
        SELECT post.department_id FROM accounts_post post JOIN accounts_official held ON held.id = post.official_id
        WHERE held.person_id::text = current_setting('records.reader', true)
          AND (post.held_to IS NULL OR post.held_to > (now() AT TIME ZONE 'Asia/Shanghai')::date)
    ) place
    JOIN accounts_department own ON own.id = place.department_id
    JOIN accounts_department unit ON starts_with(own.path, unit.path) AND (unit.id = own.id OR unit.parent_id IS NOT NULL)
$$;
"""
SERVES_BACK = "DROP FUNCTION records_reader_serves();"
NOBODY = "coalesce(current_setting('records.reader', true), '') = ''"
ABOUT = f"{NOBODY} OR object_department_id <> ALL ((SELECT records_reader_serves())::bigint[])"
OF_CASE = f"{NOBODY} OR EXISTS (SELECT FROM records_complaint held WHERE held.id = complaint_id)"
TABLES = {
    "records_complaint": ABOUT,
    "records_mediaclue": ABOUT,
    **dict.fromkeys(
        (
            "records_complaintkey",
            "records_complaintreceipt",
            "records_complaintmessage",
            "records_complaintfile",
            "records_complaintrating",
            "records_complaintidentity",
            "records_identityrequest",
        ),
        OF_CASE,
    ),
}


def up(table: str, seen: str) -> str:
    """Give the statements that put the wall before a table; writing is judged by the walls that stand already."""
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY not_for_the_accused ON {table} USING ({seen}) WITH CHECK (true);"
    )


def down(table: str) -> str:
    """Give the statements that take it away."""
    return f"DROP POLICY not_for_the_accused ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


class Migration(migrations.Migration):
    """Put the wall up, or take it down."""

    dependencies = [("records", "0020_complaints_forgotten"), ("accounts", "0003_delegation")]
    operations = [
        migrations.RunSQL(SERVES, SERVES_BACK),
        *(migrations.RunSQL(up(table, seen), down(table)) for table, seen in TABLES.items()),
    ]
