"""Files and remarks of any case, with their walls: a file is never changed, a remark never rewritten."""

from django.db import migrations

WALLS = """
CREATE FUNCTION records_keep_attachment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.removed_on IS NOT NULL OR (to_jsonb(NEW) - 'removed_on') <> (to_jsonb(OLD) - 'removed_on') THEN
        RAISE EXCEPTION 'a file can only be marked as removed, once'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'attachment_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attachment_kept BEFORE UPDATE ON records_attachment
    FOR EACH ROW EXECUTE FUNCTION records_keep_attachment();
ALTER TABLE records_attachment ENABLE ALWAYS TRIGGER attachment_kept;
SELECT ledger_keep('records_attachment');
SELECT ledger_freeze('records_caseremark');
"""
WALLS_BACK = """
SELECT ledger_thaw('records_caseremark');
SELECT ledger_release('records_attachment');
DROP TRIGGER attachment_kept ON records_attachment;
DROP FUNCTION records_keep_attachment();
"""


class Migration(migrations.Migration):
    """Add both tables."""

    dependencies = [
        ('accounts', '0002_walls'),
        ("records", "0006_complaint_walls"),
    ]

    operations = [
        migrations.RunSQL(WALLS, WALLS_BACK),
    ]
