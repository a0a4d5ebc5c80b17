"""The walls of what a record in force sets going: reports, rectification, sanctions, persons responsible, accountability, claims."""

from django.db import migrations

FILER = """
CREATE OR REPLACE FUNCTION records_check_filer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A draft opened by another case has no filer until somebody hands it in; from then on he stays.
    IF OLD.filer_id IS NOT NULL AND NEW.filer_id IS NULL OR (OLD.origin_type, OLD.origin_id, OLD.origin_note)
        IS DISTINCT FROM (NEW.origin_type, NEW.origin_id, NEW.origin_note)
    THEN
        RAISE EXCEPTION 'filer and origin of a record never change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_identity_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_filer BEFORE UPDATE OF filer_id, origin_type, origin_id, origin_note ON records_dishonestyrecord
    FOR EACH ROW EXECUTE FUNCTION records_check_filer();
ALTER TABLE records_dishonestyrecord ENABLE ALWAYS TRIGGER record_filer;
"""
FILER_BACK = """
DROP TRIGGER record_filer ON records_dishonestyrecord;
DROP FUNCTION records_check_filer();
"""

WAYS = """
CREATE FUNCTION records_check_duty() RETURNS trigger LANGUAGE plpgsql AS $$
-- The first argument lists the arrows between states, the second the columns that stay as they were written.
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
    kept text;
BEGIN
    FOREACH kept IN ARRAY string_to_array(TG_ARGV[1], ' ') LOOP
        IF before -> kept IS DISTINCT FROM after -> kept THEN
            RAISE EXCEPTION '% of % never changes', kept, TG_TABLE_NAME
                USING ERRCODE = 'check_violation', CONSTRAINT = 'duty_identity_kept';
        END IF;
    END LOOP;
    IF (after ->> 'version')::int < (before ->> 'version')::int OR (after ->> 'edition')::int < (before ->> 'edition')::int THEN
        RAISE EXCEPTION 'versions only grow' USING ERRCODE = 'check_violation', CONSTRAINT = 'duty_versions_grow';
    END IF;
    IF before ->> 'state' <> after ->> 'state'
       AND NOT (before ->> 'state') || '>' || (after ->> 'state') = ANY (string_to_array(TG_ARGV[0], ' '))
    THEN
        RAISE EXCEPTION 'no arrow leads from % to %', before ->> 'state', after ->> 'state'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'duty_state_moves';
    END IF;
    RETURN NEW;
END $$;
"""
WAYS_BACK = "DROP FUNCTION records_check_duty();"

RECTIFICATION = (
    "ordered>received ordered>overdue ordered>closed received>in_progress received>overdue received>closed "
    "in_progress>extension_requested in_progress>submitted in_progress>overdue in_progress>closed "
    "extension_requested>in_progress extension_requested>overdue extension_requested>closed "
    "submitted>accepted submitted>returned submitted>closed returned>submitted returned>overdue returned>closed "
    "overdue>submitted overdue>refused overdue>closed refused>closed"
)
GUARDED = {
    "records_rectification": (
        RECTIFICATION,
        "number record_id source_type source_id department_id ordered_by_id orderer_id requirements ordered_on",
    ),
    "records_rectificationitem": ("", "rectification_id place text"),
    "records_situationreport": (
        "required>drafted drafted>submitted submitted>accepted submitted>returned returned>drafted "
        "required>cancelled drafted>cancelled submitted>cancelled returned>cancelled",
        "record_id number department_id required_on",
    ),
    "records_sanction": ("active>ended", "record_id code basis outlasts starts_on"),
    "records_recordresponsibility": (
        "named>drafted named>removed",
        "record_id department_id official_id kind share post_title evidence namer_id named_on",
    ),
    "records_accountabilitycase": (
        "opened>found found>opened found>decided decided>transferred decided>closed transferred>closed",
        "number department_id opened_by_id opened_on acted_on opener_id cause",
    ),
    "records_accountabilityperson": ("", "case_id official_id department_id post_title held_from held_to"),
    "records_mitigationclaim": (
        "filed>reviewing reviewing>granted_lighten reviewing>granted_waive reviewing>refused",
        "record_id number department_id grounds done_on facts claimant_id filed_on",
    ),
}
GUARDS = "".join(
    f"CREATE TRIGGER duty_way BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION records_check_duty('{ways}', '{kept}');\n"
    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER duty_way;\n"
    for table, (ways, kept) in GUARDED.items()
)
GUARDS_BACK = "".join(f"DROP TRIGGER duty_way ON {table};\n" for table in GUARDED)

WRITTEN = ("records_accountabilityrecord",)
KEPT = (
    "records_rectificationitem",
    "records_recordresponsibility",
    "records_accountabilitycase",
    "records_accountabilityperson",
    "records_mitigationclaim",
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
        ('ledger', '0002_walls'),
        ("records", "0012_objections"),
    ]

    operations = [
        migrations.RunSQL(FILER, FILER_BACK),
        migrations.RunSQL(WAYS, WAYS_BACK),
        migrations.RunSQL(GUARDS, GUARDS_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
