"""The walls that keep archives with their restricted parts, honours, incentives and credit checks as written."""

from django.conf import settings
from django.db import migrations

MOVES = """
CREATE FUNCTION records_check_honour() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.department_id <> OLD.department_id OR NEW.filer_id <> OLD.filer_id
       OR NEW.registered_on <> OLD.registered_on OR NEW.version < OLD.version
    THEN
        RAISE EXCEPTION 'number, department and filer of an honour never change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'honour_identity_kept';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'proposed'), ('proposed', 'draft'), ('proposed', 'granted'), ('granted', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'no arrow leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'honour_state_moves';
    END IF;
    IF OLD.state <> 'draft' AND (
        NEW.subject_department_id <> OLD.subject_department_id OR NEW.official_id IS DISTINCT FROM OLD.official_id
        OR NEW.title <> OLD.title OR NEW.document_number <> OLD.document_number OR NEW.granted_on <> OLD.granted_on
        OR NEW.valid_to IS DISTINCT FROM OLD.valid_to OR NEW.level <> OLD.level OR NEW.incentives <> OLD.incentives
    ) THEN
        RAISE EXCEPTION 'an honour handed in stays as it was handed in'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'honour_content_kept';
    END IF;
    IF NEW.granter_id IS NOT NULL AND NEW.granter_id IS DISTINCT FROM OLD.granter_id AND EXISTS (
        SELECT FROM rules_hand hand
        WHERE hand.object_type = 'records.honour' AND hand.object_id = NEW.id::text
          AND hand.person_id = NEW.granter_id AND hand.part IN ('filer', 'editor')
    ) THEN
        RAISE EXCEPTION 'the granter has filed or edited this honour'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'honour_four_eyes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER honour_moves BEFORE UPDATE ON records_honour FOR EACH ROW EXECUTE FUNCTION records_check_honour();
ALTER TABLE records_honour ENABLE ALWAYS TRIGGER honour_moves;
"""
MOVES_BACK = """
DROP TRIGGER honour_moves ON records_honour;
DROP FUNCTION records_check_honour();
"""

ANSWERS = """
CREATE FUNCTION records_keep_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    added text[] := ARRAY['decision', 'decision_note', 'decided_by_id', 'decided_at'];
BEGIN
    IF OLD.decision <> '' OR NEW.decision = '' OR (to_jsonb(NEW) - added) <> (to_jsonb(OLD) - added) THEN
        RAISE EXCEPTION 'a check stays as it was answered; its decision is added once'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'check_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER check_kept BEFORE UPDATE ON records_creditcheck FOR EACH ROW EXECUTE FUNCTION records_keep_check();
ALTER TABLE records_creditcheck ENABLE ALWAYS TRIGGER check_kept;
"""
ANSWERS_BACK = """
DROP TRIGGER check_kept ON records_creditcheck;
DROP FUNCTION records_keep_check();
"""

WRITTEN = (
    "records_integrityarchive",
    "records_restrictedpart",
    "records_restrictedreading",
    "records_checkrun",
    "records_creditreport",
)
KEPT = ("records_honour", "records_incentivemeasure", "records_creditcheck")
KEEPING = "".join(f"SELECT ledger_keep('{table}');\n" for table in KEPT) + "".join(
    f"SELECT ledger_freeze('{table}');\n" for table in WRITTEN
)
KEEPING_BACK = "".join(f"SELECT ledger_thaw('{table}');\n" for table in WRITTEN) + "".join(
    f"SELECT ledger_release('{table}');\n" for table in KEPT
)


class Migration(migrations.Migration):
    """Add tables and walls; every wall stands whatever code or person writes."""

    dependencies = [
        ("accounts", "0002_walls"),
        ("records", "0003_commitments"),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunSQL(ANSWERS, ANSWERS_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
