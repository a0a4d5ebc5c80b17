"""Nobody with a tie to a case stands as its reviewer or approver (回避), and no state moves unless the version does."""

from django.db import migrations

# As the application asks: a tie that has not ended, to a department, or to a person whichever of the two declared it.
RECUSALS = """
CREATE FUNCTION records_check_recusals() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    recorded uuid;
    hands uuid[];
BEGIN
    IF TG_OP = 'INSERT' OR NEW.reviewer_id IS DISTINCT FROM OLD.reviewer_id THEN
        hands := array_append(hands, NEW.reviewer_id);
    END IF;
    IF TG_OP = 'INSERT' OR NEW.approver_id IS DISTINCT FROM OLD.approver_id THEN
        hands := array_append(hands, NEW.approver_id);
    END IF;
    SELECT person_id INTO recorded FROM accounts_official WHERE id = NEW.subject_official_id;
    IF recorded = ANY (hands) THEN
        RAISE EXCEPTION 'the record is about this person'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_recusal';
    END IF;
    IF EXISTS (
        SELECT FROM accounts_recusal tie
        WHERE (tie.ended_on IS NULL OR tie.ended_on > (now() AT TIME ZONE 'Asia/Shanghai')::date)
          AND (
              (tie.person_id = ANY (hands) AND tie.department_id IN (NEW.department_id, NEW.subject_department_id))
              OR (tie.person_id = ANY (hands) AND tie.other_person_id = recorded)
              OR (tie.person_id = recorded AND tie.other_person_id = ANY (hands))
          )
    ) THEN
        RAISE EXCEPTION 'this person has declared a tie to a department or to the person of the record'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_recusal';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_recusals BEFORE INSERT OR UPDATE OF reviewer_id, approver_id ON records_dishonestyrecord
    FOR EACH ROW EXECUTE FUNCTION records_check_recusals();
ALTER TABLE records_dishonestyrecord ENABLE ALWAYS TRIGGER record_recusals;
"""
RECUSALS_BACK = """
DROP TRIGGER record_recusals ON records_dishonestyrecord;
DROP FUNCTION records_check_recusals();
"""

# Taken from the function as it stands, so that what other migrations have added to it stays.
MOVES = """
DO $body$
BEGIN
    EXECUTE replace(
        pg_get_functiondef('records_check_move()'::regprocedure),
        'RETURN NEW;',
        $added$IF NEW.state <> OLD.state AND NEW.version <= OLD.version THEN
        RAISE EXCEPTION 'a move raises the version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_moves_with_version';
    END IF;
    RETURN NEW;$added$
    );
END $body$;
"""
MOVES_BACK = """
DO $body$
BEGIN
    EXECUTE replace(
        pg_get_functiondef('records_check_move()'::regprocedure),
        $added$IF NEW.state <> OLD.state AND NEW.version <= OLD.version THEN
        RAISE EXCEPTION 'a move raises the version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_moves_with_version';
    END IF;
    RETURN NEW;$added$,
        'RETURN NEW;'
    );
END $body$;
"""


class Migration(migrations.Migration):
    """Add the wall, and one more question to the wall of the moves."""

    dependencies = [("records", "0023_complaint_withdrawals"), ("accounts", "0002_walls")]
    operations = [migrations.RunSQL(RECUSALS, RECUSALS_BACK), migrations.RunSQL(MOVES, MOVES_BACK)]
