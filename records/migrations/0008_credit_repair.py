"""The walls of credit repair; a repaired record may return, and a mirrored one may be closed by the court."""

from django.db import migrations

HANDS = """
CREATE FUNCTION records_check_repair_hands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place text;
BEGIN
    IF NEW.decided_by_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.decided_by_id IS NOT DISTINCT FROM OLD.decided_by_id) THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT FROM rules_hand hand
        WHERE hand.person_id = NEW.decided_by_id
          AND (hand.object_type = 'records.dishonestyrecord' AND hand.object_id = NEW.record_id::text
               OR hand.object_type = 'records.creditrepair' AND hand.object_id = NEW.id::text AND hand.part <> 'decider')
    ) THEN
        RAISE EXCEPTION 'who decides has another hand in this repair or in its record'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'repair_four_eyes';
    END IF;
    SELECT path INTO place FROM accounts_department WHERE id = NEW.department_id;
    IF NOT EXISTS (
        SELECT FROM accounts_rolegrant held JOIN accounts_department office ON office.id = held.department_id
        WHERE held.person_id = NEW.decided_by_id AND held.role = 'approver'
          AND starts_with(
              place, CASE WHEN office.is_credit_lead THEN left(office.path, -length(office.id::text || '/')) ELSE office.path END
          )
    ) THEN
        RAISE EXCEPTION 'who decides works for another region'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'repair_decider_in_scope';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER repair_hands BEFORE INSERT OR UPDATE OF decided_by_id ON records_creditrepair
    FOR EACH ROW EXECUTE FUNCTION records_check_repair_hands();
ALTER TABLE records_creditrepair ENABLE ALWAYS TRIGGER repair_hands;
"""
HANDS_BACK = """
DROP TRIGGER repair_hands ON records_creditrepair;
DROP FUNCTION records_check_repair_hands();
"""

MOVES = """
CREATE FUNCTION records_check_repair_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.record_id <> OLD.record_id
       OR NEW.department_id <> OLD.department_id OR NEW.filer_id <> OLD.filer_id OR NEW.opened_on <> OLD.opened_on
       OR NEW.applicant_department_id <> OLD.applicant_department_id
       OR NEW.applicant_official_id IS DISTINCT FROM OLD.applicant_official_id
    THEN
        RAISE EXCEPTION 'number, record, office and applicant of a repair never change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'repair_identity_kept';
    END IF;
    IF NEW.version < OLD.version OR NEW.edition < OLD.edition THEN
        RAISE EXCEPTION 'versions only grow' USING ERRCODE = 'check_violation', CONSTRAINT = 'repair_versions_grow';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'submitted'), ('submitted', 'accepted'), ('submitted', 'supplement'), ('submitted', 'not_accepted'),
        ('supplement', 'submitted'), ('accepted', 'verifying'), ('verifying', 'decision_draft'),
        ('decision_draft', 'approved'), ('decision_draft', 'refused'), ('refused', 'approved'), ('approved', 'synced'),
        ('approved', 'revoked'), ('synced', 'revoked'),
        ('draft', 'withdrawn'), ('submitted', 'withdrawn'), ('supplement', 'withdrawn'), ('accepted', 'withdrawn'),
        ('verifying', 'withdrawn'), ('decision_draft', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'no arrow leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'repair_state_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER repair_moves BEFORE UPDATE ON records_creditrepair
    FOR EACH ROW EXECUTE FUNCTION records_check_repair_move();
ALTER TABLE records_creditrepair ENABLE ALWAYS TRIGGER repair_moves;

-- Asked at the end of the transaction: the act moves the repair first and writes its paper after.
CREATE FUNCTION records_check_repair_papers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'revoked' AND NOT EXISTS (SELECT FROM records_repairrevocation paper WHERE paper.repair_id = NEW.id)
       OR NEW.state IN ('approved', 'refused')
          AND NOT EXISTS (SELECT FROM records_repairdecision paper WHERE paper.repair_id = NEW.id)
    THEN
        RAISE EXCEPTION 'no decision without its paper' USING ERRCODE = 'check_violation', CONSTRAINT = 'repair_papers';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER repair_papers AFTER UPDATE ON records_creditrepair DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION records_check_repair_papers();
ALTER TABLE records_creditrepair ENABLE ALWAYS TRIGGER repair_papers;
"""
MOVES_BACK = """
DROP TRIGGER repair_papers ON records_creditrepair;
DROP FUNCTION records_check_repair_papers();
DROP TRIGGER repair_moves ON records_creditrepair;
DROP FUNCTION records_check_repair_move();
"""

# Taken from the function as it stands, so that what other migrations have added to it stays.
RETURNS = """
DO $body$
BEGIN
    EXECUTE replace(
        pg_get_functiondef('records_check_move()'::regprocedure),
        '(''draft'', ''pending_review''),',
        '(''draft'', ''pending_review''), (''repaired'', ''disclosed''), (''repaired'', ''effective''), '
            || '(''repaired'', ''expired''), (''effective'', ''expired''),'
    );
END $body$;
"""
RETURNS_BACK = """
DO $body$
BEGIN
    EXECUTE replace(
        pg_get_functiondef('records_check_move()'::regprocedure),
        ' (''repaired'', ''disclosed''), (''repaired'', ''effective''), '
            || '(''repaired'', ''expired''), (''effective'', ''expired''),',
        ''
    );
END $body$;
"""

KEPT = ("records_creditrepair", "records_repairmaterial")
WRITTEN = (
    "records_supplementnotice",
    "records_repairdecision",
    "records_repairrevocation",
    "records_courtdelisting",
)
KEEPING = "".join(f"SELECT ledger_keep('{table}');\n" for table in KEPT) + "".join(
    f"SELECT ledger_freeze('{table}');\n" for table in WRITTEN
)
KEEPING_BACK = "".join(f"SELECT ledger_thaw('{table}');\n" for table in WRITTEN) + "".join(
    f"SELECT ledger_release('{table}');\n" for table in KEPT
)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_walls'),
        ("records", "0007_case_files"),
    ]

    operations = [
        migrations.RunSQL(HANDS, HANDS_BACK),
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunSQL(RETURNS, RETURNS_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
