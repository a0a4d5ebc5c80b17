"""What a record in force sets going: reports, rectification, sanctions, persons responsible, accountability, claims."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

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
        ("records", "0013_reporter_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountabilityCase',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('state', models.CharField(choices=[('opened', '核查中'), ('found', '已提处理意见'), ('decided', '已决定'), ('transferred', '已移送'), ('closed', '已办结')], default='opened', max_length=12)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('opened_on', models.DateField()),
                ('acted_on', models.DateField()),
                ('cause', models.TextField()),
                ('finding', models.TextField(blank=True)),
                ('decided_on', models.DateField(null=True)),
                ('transferred_to', models.CharField(blank=True, max_length=200)),
                ('transfer_number', models.CharField(blank=True, max_length=128)),
                ('transferred_on', models.DateField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('closed_on', models.DateField(null=True)),
                ('result', models.TextField(blank=True)),
                ('decider', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('finder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('opener', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['opened', 'found', 'decided', 'transferred', 'closed'])), name='accountability_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('decider', models.F('finder')), _negated=True), models.Q(('decider', models.F('opener')), _negated=True)), name='accountability_decider_is_another'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['decided', 'transferred', 'closed']), _negated=True), models.Q(('decided_on__isnull', False), ('decider__isnull', False)), _connector='OR'), name='accountability_decided_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'transferred'), _negated=True), models.Q(('transferred_on__isnull', False), models.Q(('transferred_to', ''), _negated=True)), _connector='OR'), name='accountability_transfer_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('closed_on__isnull', False), models.Q(('result', ''), _negated=True)), _connector='OR'), name='accountability_closed_with_result'), models.CheckConstraint(condition=models.Q(('acted_on__lte', models.F('opened_on'))), name='accountability_act_before')],
                'verbose_name': '责任追究',
            },
        ),
        migrations.CreateModel(
            name='AccountabilityPerson',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('post_title', models.CharField(max_length=200)),
                ('held_from', models.DateField()),
                ('held_to', models.DateField(null=True)),
                ('kind', models.CharField(max_length=40)),
                ('finding', models.TextField(blank=True)),
                ('measure', models.CharField(blank=True, max_length=40)),
                ('removed_because', models.TextField(blank=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='records.accountabilitycase')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.official')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'official'), name='accountability_person_once'), models.CheckConstraint(condition=models.Q(('held_to', None), ('held_to__gt', models.F('held_from')), _connector='OR'), name='accountability_post_days')],
                'verbose_name': '被追责人员',
            },
        ),
        migrations.CreateModel(
            name='AccountabilityRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='records.accountabilitycase')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accountability_links', to='records.dishonestyrecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'record'), name='accountability_record_once')],
                'verbose_name': '追责所据记录',
            },
        ),
        migrations.CreateModel(
            name='MitigationClaim',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('state', models.CharField(choices=[('filed', '已提出'), ('reviewing', '审查中'), ('granted_lighten', '从轻'), ('granted_waive', '免于惩戒'), ('refused', '不予支持')], default='filed', max_length=16)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('grounds', models.JSONField(default=list)),
                ('done_on', models.DateField()),
                ('facts', models.TextField()),
                ('filed_on', models.DateField()),
                ('opinion', models.TextField(blank=True)),
                ('decided_on', models.DateField(null=True)),
                ('reply', models.TextField(blank=True)),
                ('changed', models.JSONField(default=list)),
                ('claimant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('decider', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mitigation_claims', to='records.dishonestyrecord')),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'reviewing', 'granted_lighten', 'granted_waive', 'refused'])), name='mitigation_state_known'), models.UniqueConstraint(condition=models.Q(('state__in', ['filed', 'reviewing'])), fields=('record',), name='mitigation_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('reviewer', models.F('claimant')), _negated=True), models.Q(('decider', models.F('claimant')), _negated=True), models.Q(('decider', models.F('reviewer')), _negated=True)), name='mitigation_hands_differ'), models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'reviewing']), models.Q(('decided_on__isnull', False), ('decider__isnull', False), ('reviewer__isnull', False), models.Q(('reply', ''), _negated=True)), _connector='OR'), name='mitigation_decided_with_reply'), models.CheckConstraint(condition=models.Q(('done_on__lte', models.F('filed_on'))), name='mitigation_done_before')],
                'verbose_name': '从轻免于惩戒申请',
            },
        ),
        migrations.CreateModel(
            name='RecordResponsibility',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('share', models.PositiveSmallIntegerField()),
                ('post_title', models.CharField(blank=True, max_length=200)),
                ('evidence', models.TextField()),
                ('state', models.CharField(choices=[('named', '已列明'), ('drafted', '已起草个人记录'), ('removed', '已去掉')], default='named', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('named_on', models.DateField()),
                ('removed_because', models.TextField(blank=True)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('draft', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.dishonestyrecord')),
                ('namer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.official')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='records.dishonestyrecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'removed'), _negated=True), fields=('record', 'official'), name='responsibility_once'), models.CheckConstraint(condition=models.Q(('state__in', ['named', 'drafted', 'removed'])), name='responsibility_state_known'), models.CheckConstraint(condition=models.Q(('share__gte', 1), ('share__lte', 100)), name='responsibility_share'), models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='responsibility_proved'), models.CheckConstraint(condition=models.Q(models.Q(('draft__isnull', False), ('state', 'drafted')), models.Q(models.Q(('state', 'drafted'), _negated=True), ('draft', None)), _connector='OR'), name='responsibility_draft_told')],
                'verbose_name': '责任人员',
            },
        ),
        migrations.CreateModel(
            name='RectificationItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('answer', models.TextField(blank=True)),
                ('verdict', models.CharField(blank=True, choices=[('met', '符合'), ('unmet', '不符合')], max_length=8)),
                ('verdict_note', models.TextField(blank=True)),
                ('rectification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='records.rectification')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('rectification', 'place'), name='rectification_item_place'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='rectification_item_says'), models.CheckConstraint(condition=models.Q(('verdict', ''), ('verdict__in', ['met', 'unmet']), _connector='OR'), name='rectification_item_verdict'), models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'unmet'), _negated=True), models.Q(('verdict_note', ''), _negated=True), _connector='OR'), name='rectification_item_unmet_why')],
                'verbose_name': '整改要求',
            },
        ),
        migrations.AlterModelOptions(
            name='rectification',
            options={'verbose_name': '限期整改'},
        ),
        migrations.AlterModelOptions(
            name='sanction',
            options={'verbose_name': '惩戒措施'},
        ),
        migrations.AlterModelOptions(
            name='situationreport',
            options={'verbose_name': '失信情况报告'},
        ),
        migrations.AddField(
            model_name='dishonestyrecord',
            name='origin_id',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='dishonestyrecord',
            name='origin_note',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='dishonestyrecord',
            name='origin_type',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='rectification',
            name='closed_because',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='rectification',
            name='decided_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='rectification',
            name='decider',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='rectification',
            name='extended_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='rectification',
            name='extension_days',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='rectification',
            name='extension_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='rectification',
            name='orderer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='rectification',
            name='overdue_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='rectification',
            name='plan',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='rectification',
            name='received_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='rectification',
            name='receiver',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='rectification',
            name='refused_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='rectification',
            name='report',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='rectification',
            name='responsible',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.official'),
        ),
        migrations.AddField(
            model_name='rectification',
            name='second_due_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='rectification',
            name='second_ordered_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='rectification',
            name='source_id',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='rectification',
            name='source_type',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='rectification',
            name='submitted_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='rectification',
            name='submitter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='sanction',
            name='basis',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='sanction',
            name='lightened_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='sanction',
            name='outlasts',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='situationreport',
            name='causes',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='situationreport',
            name='decided_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='situationreport',
            name='decider',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='situationreport',
            name='facts',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='situationreport',
            name='losses',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='situationreport',
            name='measures',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='situationreport',
            name='missed_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='situationreport',
            name='number',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='situationreport',
            name='signer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='situationreport',
            name='submitted_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='situationreport',
            name='writer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person'),
        ),
        migrations.AlterField(
            model_name='dishonestyrecord',
            name='filer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person'),
        ),
        migrations.AlterField(
            model_name='rectification',
            name='record',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rectifications', to='records.dishonestyrecord'),
        ),
        migrations.AddIndex(
            model_name='dishonestyrecord',
            index=models.Index(fields=['origin_type', 'origin_id'], name='record_origin'),
        ),
        migrations.AddIndex(
            model_name='rectification',
            index=models.Index(fields=['source_type', 'source_id'], name='rectification_of_source'),
        ),
        migrations.AddIndex(
            model_name='rectification',
            index=models.Index(fields=['state', 'due_on'], name='rectification_by_day'),
        ),
        migrations.AddConstraint(
            model_name='dishonestyrecord',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('filer__isnull', False), _connector='OR'), name='record_handed_in_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='dishonestyrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin_id', ''), ('origin_note', ''), ('origin_type', '')), models.Q(models.Q(('origin_type', ''), _negated=True), models.Q(('origin_id', ''), _negated=True), models.Q(('origin_note', ''), _negated=True)), _connector='OR'), name='record_origin_whole'),
        ),
        migrations.AddConstraint(
            model_name='dishonestyrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('is_person', False), ('state', 'draft'), models.Q(('origin_type', ''), _negated=True)), fields=('origin_type', 'origin_id', 'source_type', 'subject_department'), name='record_unit_once_per_origin'),
        ),
        migrations.AddConstraint(
            model_name='dishonestyrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('is_person', True), ('state', 'draft'), models.Q(('origin_type', ''), _negated=True)), fields=('origin_type', 'origin_id', 'source_type', 'subject_official'), name='record_official_once_per_origin'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decider', models.F('submitter')), _negated=True), models.Q(('decider', models.F('receiver')), _negated=True)), name='rectification_decider_is_another'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), models.Q(('decider__isnull', False), ('submitter__isnull', False)), _connector='OR'), name='rectification_accepted_is_decided'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'overdue'), _negated=True), ('overdue_on__isnull', False), _connector='OR'), name='rectification_overdue_told'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refused_on__gt', models.F('second_due_on')), ('second_ordered_on__isnull', False)), _connector='OR'), name='rectification_refused_after_second_order'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.CheckConstraint(condition=models.Q(('extended_on', None), models.Q(('extension_days__gt', 0), models.Q(('extension_reason', ''), _negated=True)), _connector='OR'), name='rectification_extension_whole'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('starts_on')), _connector='OR'), name='sanction_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='situationreport',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number',), name='situation_report_number'),
        ),
        migrations.AddConstraint(
            model_name='situationreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decider', models.F('signer')), _negated=True), models.Q(('decider', models.F('writer')), _negated=True)), name='situation_decider_is_another'),
        ),
        migrations.AddConstraint(
            model_name='situationreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['submitted', 'accepted']), _negated=True), models.Q(('signer__isnull', False), ('submitted_on__isnull', False)), _connector='OR'), name='situation_handed_in_is_signed'),
        ),
        migrations.AddConstraint(
            model_name='situationreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), models.Q(('decided_on__isnull', False), ('decider__isnull', False)), _connector='OR'), name='situation_accepted_is_decided'),
        ),
        migrations.RunSQL(FILER, FILER_BACK),
        migrations.RunSQL(WAYS, WAYS_BACK),
        migrations.RunSQL(GUARDS, GUARDS_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
