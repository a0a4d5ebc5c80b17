"""Walls in the database: who may stand as reviewer and approver, which way a state may go, and what stays as written."""

from django.db import migrations

HANDS = """
CREATE FUNCTION records_check_hands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    region text;
BEGIN
    IF NEW.reviewer_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.reviewer_id IS DISTINCT FROM OLD.reviewer_id) THEN
        IF EXISTS (
            SELECT FROM rules_hand hand
            WHERE hand.object_type = 'records.dishonestyrecord' AND hand.object_id = NEW.id::text
              AND hand.person_id = NEW.reviewer_id AND hand.part IN ('filer', 'editor')
        ) THEN
            RAISE EXCEPTION 'the reviewer has filed or edited this record'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'record_four_eyes';
        END IF;
        IF NOT EXISTS (
            SELECT FROM accounts_rolegrant held
            WHERE held.person_id = NEW.reviewer_id AND held.role = 'reviewer' AND held.department_id = NEW.department_id
        ) THEN
            RAISE EXCEPTION 'the reviewer holds no such role in the department that keeps the record'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'record_reviewer_in_scope';
        END IF;
    END IF;
    IF NEW.approver_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.approver_id IS DISTINCT FROM OLD.approver_id) THEN
        IF EXISTS (
            SELECT FROM rules_hand hand
            WHERE hand.object_type = 'records.dishonestyrecord' AND hand.object_id = NEW.id::text
              AND hand.person_id = NEW.approver_id AND hand.part IN ('filer', 'editor', 'reviewer')
        ) THEN
            RAISE EXCEPTION 'the approver has filed, edited or reviewed this record'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'record_four_eyes';
        END IF;
        SELECT path INTO region FROM accounts_department WHERE id = NEW.department_id;
        IF NOT EXISTS (
            SELECT FROM accounts_rolegrant held JOIN accounts_department office ON office.id = held.department_id
            WHERE held.person_id = NEW.approver_id AND held.role = 'approver'
              AND starts_with(
                  region, CASE WHEN office.is_credit_lead THEN left(office.path, -length(office.id::text || '/')) ELSE office.path END
              )
        ) THEN
            RAISE EXCEPTION 'the approver works for another region'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'record_approver_in_scope';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_hands BEFORE INSERT OR UPDATE OF reviewer_id, approver_id ON records_dishonestyrecord
    FOR EACH ROW EXECUTE FUNCTION records_check_hands();
ALTER TABLE records_dishonestyrecord ENABLE ALWAYS TRIGGER record_hands;
"""
HANDS_BACK = """
DROP TRIGGER record_hands ON records_dishonestyrecord;
DROP FUNCTION records_check_hands();
"""

MOVES = """
CREATE FUNCTION records_check_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.department_id <> OLD.department_id
       OR NEW.filer_id <> OLD.filer_id OR NEW.registered_on <> OLD.registered_on
    THEN
        RAISE EXCEPTION 'number, department and filer of a record never change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_identity_kept';
    END IF;
    IF NEW.version < OLD.version OR NEW.edition < OLD.edition OR NEW.report_version < OLD.report_version THEN
        RAISE EXCEPTION 'versions only grow' USING ERRCODE = 'check_violation', CONSTRAINT = 'record_versions_grow';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'pending_review'), ('returned', 'pending_review'), ('pending_review', 'draft'),
        ('pending_review', 'returned'), ('pending_review', 'notified'), ('pending_review', 'pending_approval'),
        ('notified', 'pending_approval'), ('pending_approval', 'effective'), ('pending_approval', 'rejected'),
        ('pending_approval', 'returned'), ('effective', 'disclosed'), ('disclosed', 'expired'),
        ('effective', 'repaired'), ('disclosed', 'repaired'),
        ('effective', 'withdrawn'), ('disclosed', 'withdrawn'), ('repaired', 'withdrawn'), ('expired', 'withdrawn'),
        ('expired', 'archived'), ('repaired', 'archived'), ('withdrawn', 'archived')
    ) THEN
        RAISE EXCEPTION 'no arrow leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_state_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_moves BEFORE UPDATE ON records_dishonestyrecord
    FOR EACH ROW EXECUTE FUNCTION records_check_move();
ALTER TABLE records_dishonestyrecord ENABLE ALWAYS TRIGGER record_moves;
"""
MOVES_BACK = """
DROP TRIGGER record_moves ON records_dishonestyrecord;
DROP FUNCTION records_check_move();
"""

WRITTEN = ("records_remark", "records_priornotice", "records_subjectstatement", "records_scanacknowledgement")
KEPT = (
    "records_dishonestyrecord",
    "records_recordedition",
    "records_evidence",
    "records_situationreport",
    "records_rectification",
    "records_sanction",
)
KEEPING = (
    """
CREATE FUNCTION records_keep_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.removed_at IS NOT NULL OR (to_jsonb(NEW) - 'removed_at') <> (to_jsonb(OLD) - 'removed_at') THEN
        RAISE EXCEPTION 'a file can only be marked as removed, once'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'evidence_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_kept BEFORE UPDATE ON records_evidence FOR EACH ROW EXECUTE FUNCTION records_keep_file();
ALTER TABLE records_evidence ENABLE ALWAYS TRIGGER evidence_kept;
"""
    + "".join(f"SELECT ledger_keep('{table}');\n" for table in KEPT)
    + "".join(f"SELECT ledger_freeze('{table}');\n" for table in WRITTEN)
)
KEEPING_BACK = (
    "".join(f"SELECT ledger_thaw('{table}');\n" for table in WRITTEN)
    + "".join(f"SELECT ledger_release('{table}');\n" for table in KEPT)
    + "DROP TRIGGER evidence_kept ON records_evidence;\nDROP FUNCTION records_keep_file();"
)


class Migration(migrations.Migration):
    """Add the walls; every one stands whatever code or person writes."""

    dependencies = [
        ("records", "0001_initial"),
        ("accounts", "0002_walls"),
        ("ledger", "0002_walls"),
        ("rules", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(HANDS, HANDS_BACK),
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
