"""The walls of what is forgotten of a complaint after its end: who sent it with the originals, then what was said."""

from django.db import migrations

UNCHANGED = "to_jsonb(NEW) - 'ended_on') <> (to_jsonb(OLD) - 'ended_on')"
OR_EMPTIED = """to_jsonb(NEW) - 'ended_on' - 'wrapped') <> (to_jsonb(OLD) - 'ended_on' - 'wrapped')
        OR NEW.wrapped <> OLD.wrapped AND (NEW.wrapped <> '' OR NOT EXISTS (
            SELECT FROM records_complaint WHERE id = NEW.complaint_id AND content_erased_on IS NOT NULL))"""


def restated(old: str, new: str) -> str:
    """Give the statement that writes the wall of the keys anew with the other condition."""
    return (
        "DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('records_check_complaint_key'::regproc), "
        f"$old$IF TG_OP = 'UPDATE' AND ({old}$old$, $new$IF TG_OP = 'UPDATE' AND ({new}$new$); END $do$;"
    )


FORGOTTEN = """
CREATE FUNCTION records_check_complaint_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.identity_erased_on IS NOT NULL AND NEW.identity_erased_on IS DISTINCT FROM OLD.identity_erased_on
       OR OLD.content_erased_on IS NOT NULL AND NEW.content_erased_on IS DISTINCT FROM OLD.content_erased_on
    THEN
        RAISE EXCEPTION 'what was erased stays erased'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'complaint_forgotten_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaint_forgotten BEFORE UPDATE OF identity_erased_on, content_erased_on ON records_complaint
    FOR EACH ROW EXECUTE FUNCTION records_check_complaint_forgotten();
ALTER TABLE records_complaint ENABLE ALWAYS TRIGGER complaint_forgotten;

CREATE FUNCTION records_check_request_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.file_id IS DISTINCT FROM OLD.file_id OR NEW.file_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM records_complaintfile WHERE id = NEW.file_id AND complaint_id = NEW.complaint_id)
    THEN
        RAISE EXCEPTION 'a request is for a file of its own case'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'request_file_of_case';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_request_file BEFORE INSERT OR UPDATE ON records_identityrequest
    FOR EACH ROW EXECUTE FUNCTION records_check_request_file();
ALTER TABLE records_identityrequest ENABLE ALWAYS TRIGGER identity_request_file;
"""
FORGOTTEN_BACK = """
DROP TRIGGER identity_request_file ON records_identityrequest;
DROP FUNCTION records_check_request_file();
DROP TRIGGER complaint_forgotten ON records_complaint;
DROP FUNCTION records_check_complaint_forgotten();
"""


class Migration(migrations.Migration):
    """Add the days, the file asked for, and the walls."""

    dependencies = [("records", "0019_simple_complaints")]
    operations = [
        migrations.RunSQL(restated(UNCHANGED, OR_EMPTIED), restated(OR_EMPTIED, UNCHANGED)),
        migrations.RunSQL(FORGOTTEN, FORGOTTEN_BACK),
    ]
