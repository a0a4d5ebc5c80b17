"""The walls of complaints accepted as simple (简易事项)."""

from django.db import migrations

KEPT = """
CREATE FUNCTION records_check_complaint_procedure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ordinary_on IS NOT NULL AND NEW.ordinary_on IS DISTINCT FROM OLD.ordinary_on THEN
        RAISE EXCEPTION 'a simple case becomes ordinary once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_ordinary_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaint_procedure BEFORE UPDATE OF ordinary_on ON records_complaint
    FOR EACH ROW EXECUTE FUNCTION records_check_complaint_procedure();
ALTER TABLE records_complaint ENABLE ALWAYS TRIGGER complaint_procedure;
"""
KEPT_BACK = """
DROP TRIGGER complaint_procedure ON records_complaint;
DROP FUNCTION records_check_complaint_procedure();
"""


class Migration(migrations.Migration):
    """Add the two columns and what holds them."""

    dependencies = [("records", "0018_promise_payments")]
    operations = [
        migrations.RunSQL(KEPT, KEPT_BACK),
    ]
