"""The walls that keep commitments, their versions, milestones and changes as they were given."""

from django.db import migrations

HANDS = """
CREATE FUNCTION records_check_commitment_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reviewer_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.reviewer_id IS DISTINCT FROM OLD.reviewer_id) THEN
        IF EXISTS (
            SELECT FROM rules_hand hand
            WHERE hand.object_type = 'records.commitment' AND hand.object_id = NEW.id::text
              AND hand.person_id = NEW.reviewer_id AND hand.part IN ('filer', 'editor', 'claimant')
        ) THEN
            RAISE EXCEPTION 'the reviewer has filed or edited this commitment'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_four_eyes';
        END IF;
        IF NOT EXISTS (
            SELECT FROM accounts_rolegrant held
            WHERE held.person_id = NEW.reviewer_id AND held.role = 'reviewer' AND held.department_id = NEW.department_id
        ) THEN
            RAISE EXCEPTION 'the reviewer holds no such role in the department that promises'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_reviewer_in_scope';
        END IF;
    END IF;
    IF NEW.judge_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.judge_id IS DISTINCT FROM OLD.judge_id) THEN
        IF EXISTS (
            SELECT FROM rules_hand hand
            WHERE hand.object_type = 'records.commitment' AND hand.object_id = NEW.id::text
              AND hand.person_id = NEW.judge_id AND hand.part IN ('filer', 'editor', 'claimant', 'reviewer')
        ) THEN
            RAISE EXCEPTION 'the judge has promised, reviewed or claimed himself'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_four_eyes';
        END IF;
        IF NOT EXISTS (
            SELECT FROM accounts_rolegrant held
            WHERE held.person_id = NEW.judge_id AND held.role IN ('supervisor', 'approver')
        ) THEN
            RAISE EXCEPTION 'the judge is neither supervisor nor approver'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_judge_in_scope';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_hands BEFORE INSERT OR UPDATE OF reviewer_id, judge_id ON records_commitment
    FOR EACH ROW EXECUTE FUNCTION records_check_commitment_hands();
ALTER TABLE records_commitment ENABLE ALWAYS TRIGGER commitment_hands;
"""
HANDS_BACK = """
DROP TRIGGER commitment_hands ON records_commitment;
DROP FUNCTION records_check_commitment_hands();
"""

MOVES = """
CREATE FUNCTION records_check_commitment_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.department_id <> OLD.department_id
       OR NEW.filer_id <> OLD.filer_id OR NEW.registered_on <> OLD.registered_on
       OR NEW.replaces_id IS DISTINCT FROM OLD.replaces_id
    THEN
        RAISE EXCEPTION 'number, department, filer and predecessor of a commitment never change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_identity_kept';
    END IF;
    IF NEW.version < OLD.version OR NEW.edition < OLD.edition OR NEW.report_version < OLD.report_version
       OR NEW.public_version < OLD.public_version
    THEN
        RAISE EXCEPTION 'versions only grow' USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_versions_grow';
    END IF;
    IF OLD.state NOT IN ('draft', 'returned') AND NEW.edition = OLD.edition AND (
        NEW.kind <> OLD.kind OR NEW.title <> OLD.title OR NEW.content <> OLD.content OR NEW.to_whom <> OLD.to_whom
        OR NEW.measure <> OLD.measure OR NEW.starts_on IS DISTINCT FROM OLD.starts_on
        OR NEW.due_on IS DISTINCT FROM OLD.due_on
    ) THEN
        RAISE EXCEPTION 'words and days of a commitment change only with a new edition'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_words_kept';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'pending_review'), ('returned', 'pending_review'), ('pending_review', 'returned'),
        ('pending_review', 'active'), ('active', 'performed_claimed'), ('overdue', 'performed_claimed'),
        ('performed_claimed', 'fulfilled'), ('performed_claimed', 'active'), ('active', 'overdue'),
        ('overdue', 'breached'), ('active', 'change_pending'), ('overdue', 'change_pending'),
        ('change_pending', 'changed'), ('change_pending', 'active'), ('change_pending', 'overdue'),
        ('draft', 'cancelled'), ('pending_review', 'cancelled'), ('returned', 'cancelled')
    ) AND NOT ((OLD.state, NEW.state) = ('draft', 'active') AND NEW.replaces_id IS NOT NULL) THEN
        RAISE EXCEPTION 'no arrow leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_state_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_moves BEFORE UPDATE ON records_commitment
    FOR EACH ROW EXECUTE FUNCTION records_check_commitment_move();
ALTER TABLE records_commitment ENABLE ALWAYS TRIGGER commitment_moves;

CREATE FUNCTION records_check_milestone_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.commitment_id <> OLD.commitment_id OR NEW.version < OLD.version THEN
        RAISE EXCEPTION 'a milestone stays with its commitment'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_identity_kept';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('planned', 'reported'), ('reported', 'checked'), ('reported', 'planned')
    ) THEN
        RAISE EXCEPTION 'no arrow leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_state_moves';
    END IF;
    IF OLD.state = 'checked' AND (to_jsonb(NEW) - 'removed_on') <> (to_jsonb(OLD) - 'removed_on') THEN
        RAISE EXCEPTION 'a checked milestone stays as it was checked'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_checked_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER milestone_moves BEFORE UPDATE ON records_milestone
    FOR EACH ROW EXECUTE FUNCTION records_check_milestone_move();
ALTER TABLE records_milestone ENABLE ALWAYS TRIGGER milestone_moves;

CREATE FUNCTION records_keep_commitment_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.approved_by_id IS NOT NULL
       OR (to_jsonb(NEW) - 'approved_by_id' - 'approved_on') <> (to_jsonb(OLD) - 'approved_by_id' - 'approved_on')
    THEN
        RAISE EXCEPTION 'a version of a commitment is approved once and never rewritten'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'commitment_version_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_version_kept BEFORE UPDATE ON records_commitmentversion
    FOR EACH ROW EXECUTE FUNCTION records_keep_commitment_version();
ALTER TABLE records_commitmentversion ENABLE ALWAYS TRIGGER commitment_version_kept;
"""
MOVES_BACK = """
DROP TRIGGER commitment_version_kept ON records_commitmentversion;
DROP FUNCTION records_keep_commitment_version();
DROP TRIGGER milestone_moves ON records_milestone;
DROP FUNCTION records_check_milestone_move();
DROP TRIGGER commitment_moves ON records_commitment;
DROP FUNCTION records_check_commitment_move();
"""

KEPT = ("records_commitment", "records_commitmentversion", "records_milestone", "records_commitmentchange")
KEEPING = "".join(f"SELECT ledger_keep('{table}');\n" for table in KEPT) + (
    "SELECT ledger_freeze('records_commitmentreminder');\n"
)
KEEPING_BACK = "SELECT ledger_thaw('records_commitmentreminder');\n" + "".join(
    f"SELECT ledger_release('{table}');\n" for table in KEPT
)


class Migration(migrations.Migration):
    """Add the tables, then the walls."""

    dependencies = [
        ("accounts", "0002_walls"),
        ("ledger", "0002_walls"),
        ("records", "0002_walls"),
        ("rules", "0002_walls"),
    ]

    operations = [
        migrations.RunSQL(HANDS, HANDS_BACK),
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
