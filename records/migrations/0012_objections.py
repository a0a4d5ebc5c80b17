"""What the database itself refuses in objections."""

from django.db import migrations

PERSONS = """
CREATE FUNCTION records_objection_person(objection records_objection, person uuid, part text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM records_dishonestyrecord held
        WHERE held.id = objection.record_id AND person IN (held.filer_id, held.reviewer_id, held.approver_id)
    ) OR EXISTS (
        SELECT FROM rules_hand hand
        WHERE hand.object_type = 'records.dishonestyrecord' AND hand.object_id = objection.record_id::text
          AND hand.person_id = person
    ) THEN
        RAISE EXCEPTION 'the % of this objection had a hand in the record', part
            USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_independent';
    END IF;
    IF NOT EXISTS (
        SELECT FROM accounts_rolegrant held
        WHERE held.person_id = person AND held.role = 'appeals' AND held.department_id = objection.office_id
    ) THEN
        RAISE EXCEPTION 'the % of this objection holds no such role at the office that has it', part
            USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_in_scope';
    END IF;
END $$;
CREATE FUNCTION records_check_objection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.handler_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.handler_id IS DISTINCT FROM OLD.handler_id) THEN
        PERFORM records_objection_person(NEW, NEW.handler_id, 'handler');
    END IF;
    IF NEW.decider_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.decider_id IS DISTINCT FROM OLD.decider_id) THEN
        PERFORM records_objection_person(NEW, NEW.decider_id, 'decider');
    END IF;
    IF NEW.reviewed_by_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.reviewed_by_id IS DISTINCT FROM OLD.reviewed_by_id) THEN
        PERFORM records_objection_person(NEW, NEW.reviewed_by_id, 'reviewer');
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    IF NEW.id <> OLD.id OR NEW.record_id <> OLD.record_id OR NEW.filed_by_id <> OLD.filed_by_id
       OR NEW.subject_department_id <> OLD.subject_department_id
       OR NEW.subject_official_id IS DISTINCT FROM OLD.subject_official_id
       OR (OLD.number <> '' AND NEW.number <> OLD.number)
       OR (OLD.decider_id IS NOT NULL AND NEW.decider_id IS DISTINCT FROM OLD.decider_id)
       OR (OLD.reviewed_by_id IS NOT NULL AND NEW.reviewed_by_id IS DISTINCT FROM OLD.reviewed_by_id)
    THEN
        RAISE EXCEPTION 'record, subject, applicant, number and those who decided an objection never change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_identity_kept';
    END IF;
    IF NEW.version < OLD.version OR NEW.edition < OLD.edition THEN
        RAISE EXCEPTION 'versions only grow' USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_versions_grow';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'submitted'), ('submitted', 'accepted'), ('submitted', 'supplement'), ('submitted', 'not_accepted'),
        ('supplement', 'submitted'), ('supplement', 'closed'), ('accepted', 'investigating'),
        ('investigating', 'paused'), ('paused', 'investigating'), ('investigating', 'decision_draft'),
        ('decision_draft', 'upheld_correct'), ('decision_draft', 'upheld_revoke'), ('decision_draft', 'upheld_stop'),
        ('decision_draft', 'dismissed'),
        ('upheld_correct', 'review_requested'), ('upheld_revoke', 'review_requested'),
        ('upheld_stop', 'review_requested'), ('dismissed', 'review_requested'),
        ('review_requested', 'review_upheld'), ('review_requested', 'review_dismissed'),
        ('submitted', 'withdrawn_by_applicant'), ('supplement', 'withdrawn_by_applicant'),
        ('accepted', 'withdrawn_by_applicant'), ('investigating', 'withdrawn_by_applicant'),
        ('paused', 'withdrawn_by_applicant')
    ) THEN
        RAISE EXCEPTION 'no arrow leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_state_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER objection_walls BEFORE INSERT OR UPDATE ON records_objection
    FOR EACH ROW EXECUTE FUNCTION records_check_objection();
ALTER TABLE records_objection ENABLE ALWAYS TRIGGER objection_walls;
CREATE FUNCTION records_check_inquiry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'asked' OR NEW.question <> OLD.question OR NEW.asked_by_id <> OLD.asked_by_id
       OR NEW.objection_id <> OLD.objection_id OR NEW.department_id <> OLD.department_id
    THEN
        RAISE EXCEPTION 'an inquiry is answered once and its question never changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inquiry_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inquiry_walls BEFORE UPDATE ON records_providerinquiry
    FOR EACH ROW EXECUTE FUNCTION records_check_inquiry();
ALTER TABLE records_providerinquiry ENABLE ALWAYS TRIGGER inquiry_walls;
"""
PERSONS_BACK = """
DROP TRIGGER inquiry_walls ON records_providerinquiry;
DROP FUNCTION records_check_inquiry();
DROP TRIGGER objection_walls ON records_objection;
DROP FUNCTION records_check_objection();
DROP FUNCTION records_objection_person(records_objection, uuid, text);
"""

# Taken from the function as it stands, so that what other migrations have added to it stays.
STOPS = """
DO $body$
BEGIN
    EXECUTE replace(
        pg_get_functiondef('records_check_move()'::regprocedure),
        '(''disclosed'', ''expired''),',
        '(''disclosed'', ''expired''), (''disclosed'', ''effective''),'
    );
END $body$;
"""
STOPS_BACK = """
DO $body$
BEGIN
    EXECUTE replace(
        pg_get_functiondef('records_check_move()'::regprocedure),
        ' (''disclosed'', ''effective''),',
        ''
    );
END $body$;
"""

KEPT = ("records_objection", "records_providerinquiry", "records_correctionnotice")
WRITTEN = (
    "records_objectionsupplement",
    "records_objectionescalation",
    "records_objectiondecision",
    "records_decisionservice",
)
KEEPING = "".join(f"SELECT ledger_keep('{table}');\n" for table in KEPT) + "".join(
    f"SELECT ledger_freeze('{table}');\n" for table in WRITTEN
)
KEEPING_BACK = "".join(f"SELECT ledger_thaw('{table}');\n" for table in WRITTEN) + "".join(
    f"SELECT ledger_release('{table}');\n" for table in KEPT
)


class Migration(migrations.Migration):
    """Keep objections with every step of their way, and put up their walls."""


    dependencies = [
        ('accounts', '0002_walls'),
        ("records", "0011_complaint_handling_walls"),
    ]

    operations = [
        migrations.RunSQL(PERSONS, PERSONS_BACK),
        migrations.RunSQL(STOPS, STOPS_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
