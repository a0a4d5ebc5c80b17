"""The walls of details and notices; and a reviewer or approver may act with a grant lent to him."""

from django.db import migrations

# A reviewer or approver may act with a grant lent to him: the walls ask the view that knows both.
HOLDERS = """
DO $do$
DECLARE
    wall text;
BEGIN
    FOREACH wall IN ARRAY ARRAY['records_check_hands', 'records_check_commitment_hands'] LOOP
        EXECUTE replace(pg_get_functiondef(wall::regproc), '{old} held', '{new} held');
    END LOOP;
END $do$;
"""
OWN, LENT = "accounts_rolegrant", "accounts_heldrole"

READING = """
CREATE FUNCTION records_keep_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.read_at IS NOT NULL OR (to_jsonb(NEW) - 'read_at') <> (to_jsonb(OLD) - 'read_at') THEN
        RAISE EXCEPTION 'a notice can only be marked as read, once'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'notice_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER notice_kept BEFORE UPDATE ON records_notification FOR EACH ROW EXECUTE FUNCTION records_keep_notice();
ALTER TABLE records_notification ENABLE ALWAYS TRIGGER notice_kept;
"""
READING_BACK = """
DROP TRIGGER notice_kept ON records_notification;
DROP FUNCTION records_keep_notice();
"""
WRITTEN = ("records_commitmentdetail", "records_escalation")
KEPT = ("records_notification", "records_mailpreference", "records_digestmail")
KEEPING = "".join(f"SELECT ledger_keep('{table}');\n" for table in KEPT) + "".join(
    f"SELECT ledger_freeze('{table}');\n" for table in WRITTEN
)
KEEPING_BACK = "".join(f"SELECT ledger_thaw('{table}');\n" for table in WRITTEN) + "".join(
    f"SELECT ledger_release('{table}');\n" for table in KEPT
)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_delegation'),
        ("records", "0008_credit_repair"),
        ('rules', '0003_describe_details'),
    ]

    operations = [
        migrations.RunSQL(HOLDERS.format(old=OWN, new=LENT), HOLDERS.format(old=LENT, new=OWN)),
        migrations.RunSQL(READING, READING_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
