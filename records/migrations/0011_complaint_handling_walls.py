"""Walls of the handling: which way a complaint's state may go, who may have handled and reviewed it, nothing deleted."""

from django.db import migrations

MOVES = """
CREATE FUNCTION records_check_complaint_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('received', 'screening'), ('received', 'accepted'), ('received', 'transferred'), ('received', 'not_accepted'),
        ('received', 'merged'), ('received', 'withdrawn'),
        ('screening', 'accepted'), ('screening', 'transferred'), ('screening', 'not_accepted'), ('screening', 'merged'),
        ('screening', 'withdrawn'),
        ('accepted', 'transferred'), ('accepted', 'investigating'), ('accepted', 'merged'), ('accepted', 'withdrawn'),
        ('transferred', 'screening'), ('transferred', 'investigating'), ('transferred', 'merged'),
        ('transferred', 'withdrawn'),
        ('investigating', 'verified_true'), ('investigating', 'verified_partial'), ('investigating', 'verified_false'),
        ('investigating', 'withdrawn'),
        ('verified_true', 'rectifying'), ('verified_partial', 'rectifying'), ('rectifying', 'answered'),
        ('verified_false', 'answered'), ('answered', 'rated'), ('answered', 'closed'), ('rated', 'closed')
    ) THEN
        RAISE EXCEPTION 'no arrow leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_moves_along_arrows';
    END IF;
    IF OLD.verified_on IS NOT NULL AND (
        NEW.outcome <> OLD.outcome OR NEW.handler_id IS DISTINCT FROM OLD.handler_id
        OR NEW.reviewer_id IS DISTINCT FROM OLD.reviewer_id OR NEW.findings_sealed IS DISTINCT FROM OLD.findings_sealed
    ) THEN
        RAISE EXCEPTION 'what two persons signed never changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_findings_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaint_move BEFORE UPDATE ON records_complaint
    FOR EACH ROW EXECUTE FUNCTION records_check_complaint_move();
ALTER TABLE records_complaint ENABLE ALWAYS TRIGGER complaint_move;
"""
MOVES_BACK = """
DROP TRIGGER complaint_move ON records_complaint;
DROP FUNCTION records_check_complaint_move();
"""

HANDS = """
CREATE FUNCTION records_check_complaint_hands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    accused text;
    topmost boolean;
    chosen uuid;
BEGIN
    SELECT path, parent_id IS NULL INTO accused, topmost FROM accounts_department WHERE id = NEW.object_department_id;
    FOREACH chosen IN ARRAY ARRAY[NEW.handler_id, NEW.reviewer_id] LOOP
        IF chosen IS NOT NULL AND EXISTS (
            SELECT FROM accounts_rolegrant held JOIN accounts_department office ON office.id = held.department_id
            WHERE held.person_id = chosen AND held.valid_to IS NULL
              AND CASE WHEN topmost THEN office.path = accused ELSE starts_with(office.path, accused) END
        ) THEN
            RAISE EXCEPTION 'nobody of the accused department handles or reviews the complaint'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_hands_outside_accused';
        END IF;
    END LOOP;
    IF NEW.reviewer_id IS NOT NULL AND EXISTS (
        SELECT FROM rules_hand hand
        WHERE hand.object_type = 'records.complaint' AND hand.object_id = NEW.id::text
          AND hand.person_id = NEW.reviewer_id AND hand.part = 'handler'
    ) THEN
        RAISE EXCEPTION 'the reviewer has handled this complaint'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_four_eyes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaint_hands BEFORE INSERT OR UPDATE OF handler_id, reviewer_id ON records_complaint
    FOR EACH ROW EXECUTE FUNCTION records_check_complaint_hands();
ALTER TABLE records_complaint ENABLE ALWAYS TRIGGER complaint_hands;
"""
HANDS_BACK = """
DROP TRIGGER complaint_hands ON records_complaint;
DROP FUNCTION records_check_complaint_hands();
"""

TABLES = ("records_reportchannel", "records_socialsupervisor", "records_mediaclue")
KEEPING = "".join(f"SELECT ledger_keep('{table}');\n" for table in TABLES)
KEEPING_BACK = "".join(f"SELECT ledger_release('{table}');\n" for table in TABLES)


class Migration(migrations.Migration):
    """Add the walls; every one stands whatever code or person writes."""

    dependencies = [("records", "0009_details_and_notices")]
    operations = [
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunSQL(HANDS, HANDS_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
