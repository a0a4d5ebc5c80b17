"""Walls of the complaints: what was sent stays as sent, nothing is deleted, and the accused holds no key."""

from django.db import migrations

KEYS = """
CREATE FUNCTION records_check_complaint_key() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    accused text;
    holder text;
BEGIN
    SELECT path INTO accused FROM accounts_department JOIN records_complaint ON object_department_id = accounts_department.id
    WHERE records_complaint.id = NEW.complaint_id;
    SELECT path INTO holder FROM accounts_department WHERE id = NEW.department_id;
    IF holder = accused THEN
        RAISE EXCEPTION 'the accused department holds no key to a complaint about it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_key_not_for_accused';
    END IF;
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'ended_on') <> (to_jsonb(OLD) - 'ended_on') THEN
        RAISE EXCEPTION 'a key can only be ended' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'complaint_key_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaint_key_holder BEFORE INSERT OR UPDATE ON records_complaintkey
    FOR EACH ROW EXECUTE FUNCTION records_check_complaint_key();
ALTER TABLE records_complaintkey ENABLE ALWAYS TRIGGER complaint_key_holder;
"""
KEYS_BACK = """
DROP TRIGGER complaint_key_holder ON records_complaintkey;
DROP FUNCTION records_check_complaint_key();
"""

SENT = """
CREATE FUNCTION records_keep_complaint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.channel <> OLD.channel OR NEW.received_on <> OLD.received_on
       OR NEW.content_sealed <> OLD.content_sealed OR NEW.recorded_by_id IS DISTINCT FROM OLD.recorded_by_id
       OR (OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number)
       OR (NEW.object_department_id <> OLD.object_department_id AND EXISTS (
           SELECT FROM records_complaintkey held
           WHERE held.complaint_id = NEW.id AND held.department_id = NEW.object_department_id AND held.ended_on IS NULL))
    THEN
        RAISE EXCEPTION 'what was sent, its day and its number never change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_kept';
    END IF;
    IF NEW.version < OLD.version OR NEW.edition < OLD.edition THEN
        RAISE EXCEPTION 'versions only grow' USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_versions_grow';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaint_kept BEFORE UPDATE ON records_complaint FOR EACH ROW EXECUTE FUNCTION records_keep_complaint();
ALTER TABLE records_complaint ENABLE ALWAYS TRIGGER complaint_kept;
"""
SENT_BACK = """
DROP TRIGGER complaint_kept ON records_complaint;
DROP FUNCTION records_keep_complaint();
"""

IDENTITIES = """
-- An identity is erased once and then stays empty; nothing else about it changes.
CREATE FUNCTION records_keep_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.erased_on IS NOT NULL OR NEW.erased_on IS NULL
       OR (to_jsonb(NEW) - 'sealed' - 'erased_on') <> (to_jsonb(OLD) - 'sealed' - 'erased_on')
    THEN
        RAISE EXCEPTION 'an identity can only be erased, once'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'identity_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_kept BEFORE UPDATE ON records_complaintidentity
    FOR EACH ROW EXECUTE FUNCTION records_keep_identity();
ALTER TABLE records_complaintidentity ENABLE ALWAYS TRIGGER identity_kept;

-- Whoever decides on an identity has no hand in the case and is a custodian.
CREATE FUNCTION records_check_identity_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decided_by_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id) THEN
        IF EXISTS (
            SELECT FROM rules_hand hand
            WHERE hand.object_type = 'records.complaint' AND hand.object_id = NEW.complaint_id::text
              AND hand.person_id = NEW.decided_by_id
        ) THEN
            RAISE EXCEPTION 'the custodian has a hand in the case'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'identity_four_eyes';
        END IF;
        IF NOT EXISTS (
            SELECT FROM accounts_rolegrant held WHERE held.person_id = NEW.decided_by_id AND held.role = 'custodian'
        ) THEN
            RAISE EXCEPTION 'only a custodian decides on an identity'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'identity_decided_by_custodian';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_request_hands BEFORE INSERT OR UPDATE ON records_identityrequest
    FOR EACH ROW EXECUTE FUNCTION records_check_identity_request();
ALTER TABLE records_identityrequest ENABLE ALWAYS TRIGGER identity_request_hands;
"""
IDENTITIES_BACK = """
DROP TRIGGER identity_request_hands ON records_identityrequest;
DROP FUNCTION records_check_identity_request();
DROP TRIGGER identity_kept ON records_complaintidentity;
DROP FUNCTION records_keep_identity();
"""

WRITTEN = ("records_complaintmessage", "records_complaintfile", "records_complaintreceipt", "records_complaintrating")
KEPT = (
    "records_complaint",
    "records_complaintkey",
    "records_complaintidentity",
    "records_custodiankey",
    "records_identityrequest",
)
KEEPING = "".join(f"SELECT ledger_keep('{table}');\n" for table in KEPT) + "".join(
    f"SELECT ledger_freeze('{table}');\n" for table in WRITTEN
)
KEEPING_BACK = "".join(f"SELECT ledger_thaw('{table}');\n" for table in WRITTEN) + "".join(
    f"SELECT ledger_release('{table}');\n" for table in KEPT
)


class Migration(migrations.Migration):
    """Add the walls; every one stands whatever code or person writes."""

    dependencies = [
        ("records", "0004_archives"),
        ("accounts", "0002_walls"),
        ("ledger", "0002_walls"),
        ("rules", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(KEYS, KEYS_BACK),
        migrations.RunSQL(SENT, SENT_BACK),
        migrations.RunSQL(IDENTITIES, IDENTITIES_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
