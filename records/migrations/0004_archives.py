"""Archives with their restricted parts, honours and incentives, credit checks; and the walls that keep them as written."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MOVES = """
CREATE FUNCTION records_check_honour() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.department_id <> OLD.department_id OR NEW.filer_id <> OLD.filer_id
       OR NEW.registered_on <> OLD.registered_on OR NEW.version < OLD.version
    THEN
        RAISE EXCEPTION 'number, department and filer of an honour never change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'honour_identity_kept';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'proposed'), ('proposed', 'draft'), ('proposed', 'granted'), ('granted', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'no arrow leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'honour_state_moves';
    END IF;
    IF OLD.state <> 'draft' AND (
        NEW.subject_department_id <> OLD.subject_department_id OR NEW.official_id IS DISTINCT FROM OLD.official_id
        OR NEW.title <> OLD.title OR NEW.document_number <> OLD.document_number OR NEW.granted_on <> OLD.granted_on
        OR NEW.valid_to IS DISTINCT FROM OLD.valid_to OR NEW.level <> OLD.level OR NEW.incentives <> OLD.incentives
    ) THEN
        RAISE EXCEPTION 'an honour handed in stays as it was handed in'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'honour_content_kept';
    END IF;
    IF NEW.granter_id IS NOT NULL AND NEW.granter_id IS DISTINCT FROM OLD.granter_id AND EXISTS (
        SELECT FROM rules_hand hand
        WHERE hand.object_type = 'records.honour' AND hand.object_id = NEW.id::text
          AND hand.person_id = NEW.granter_id AND hand.part IN ('filer', 'editor')
    ) THEN
        RAISE EXCEPTION 'the granter has filed or edited this honour'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'honour_four_eyes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER honour_moves BEFORE UPDATE ON records_honour FOR EACH ROW EXECUTE FUNCTION records_check_honour();
ALTER TABLE records_honour ENABLE ALWAYS TRIGGER honour_moves;
"""
MOVES_BACK = """
DROP TRIGGER honour_moves ON records_honour;
DROP FUNCTION records_check_honour();
"""

ANSWERS = """
CREATE FUNCTION records_keep_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    added text[] := ARRAY['decision', 'decision_note', 'decided_by_id', 'decided_at'];
BEGIN
    IF OLD.decision <> '' OR NEW.decision = '' OR (to_jsonb(NEW) - added) <> (to_jsonb(OLD) - added) THEN
        RAISE EXCEPTION 'a check stays as it was answered; its decision is added once'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'check_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER check_kept BEFORE UPDATE ON records_creditcheck FOR EACH ROW EXECUTE FUNCTION records_keep_check();
ALTER TABLE records_creditcheck ENABLE ALWAYS TRIGGER check_kept;
"""
ANSWERS_BACK = """
DROP TRIGGER check_kept ON records_creditcheck;
DROP FUNCTION records_keep_check();
"""

WRITTEN = (
    "records_integrityarchive",
    "records_restrictedpart",
    "records_restrictedreading",
    "records_checkrun",
    "records_creditreport",
)
KEPT = ("records_honour", "records_incentivemeasure", "records_creditcheck")
KEEPING = "".join(f"SELECT ledger_keep('{table}');\n" for table in KEPT) + "".join(
    f"SELECT ledger_freeze('{table}');\n" for table in WRITTEN
)
KEEPING_BACK = "".join(f"SELECT ledger_thaw('{table}');\n" for table in WRITTEN) + "".join(
    f"SELECT ledger_release('{table}');\n" for table in KEPT
)


class Migration(migrations.Migration):
    """Add tables and walls; every wall stands whatever code or person writes."""

    dependencies = [
        ("accounts", "0002_walls"),
        ("records", "0003_commitments"),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('department_name', models.CharField(max_length=200)),
                ('purpose', models.CharField(max_length=40)),
                ('legal_basis', models.CharField(max_length=200)),
                ('business_ref', models.CharField(blank=True, max_length=100)),
                ('asked_digest', models.CharField(max_length=64)),
                ('total', models.PositiveIntegerField()),
                ('restricted', models.PositiveIntegerField()),
                ('noticed', models.PositiveIntegerField()),
                ('checked_at', models.DateTimeField()),
                ('keep_until', models.DateField()),
                ('client', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('client__isnull', False), ('person', None)), models.Q(('client', None), ('person__isnull', False)), _connector='OR'), name='check_by_person_or_client'), models.CheckConstraint(condition=models.Q(models.Q(('purpose', ''), _negated=True), models.Q(('legal_basis', ''), _negated=True), ('total__gte', 1)), name='check_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('purpose', 'CADRE'), _negated=True), ('person__isnull', False), _connector='OR'), name='check_on_cadres_by_people'), models.CheckConstraint(condition=models.Q(('client', None), models.Q(('business_ref', ''), _negated=True), _connector='OR'), name='check_of_client_has_ref'), models.UniqueConstraint(condition=models.Q(('client__isnull', False)), fields=('client', 'business_ref'), name='check_once_per_client_and_ref')],
                'indexes': [models.Index(fields=['-checked_at', '-id'], name='check_newest'), models.Index(fields=['department', '-checked_at'], name='check_by_department')],
                'verbose_name': '信用核查',
            },
        ),
        migrations.CreateModel(
            name='CreditCheck',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveIntegerField()),
                ('subject_name', models.CharField(max_length=200)),
                ('subject_code', models.CharField(max_length=18)),
                ('verdict', models.CharField(choices=[('restricted', '限制'), ('notice', '提示'), ('clear', '无')], max_length=12)),
                ('severity', models.CharField(blank=True, max_length=20)),
                ('hits', models.JSONField(default=list)),
                ('restrictions', models.JSONField(default=list)),
                ('honours', models.JSONField(default=list)),
                ('decision', models.CharField(blank=True, max_length=40)),
                ('decision_note', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('official', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='credit_checks', to='accounts.official')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='records.checkrun')),
                ('subject_department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'place'), name='check_line_once'), models.CheckConstraint(condition=models.Q(('verdict__in', ['restricted', 'notice', 'clear'])), name='check_verdict_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', ''), ('decision_note', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='check_decision_whole')],
                'indexes': [models.Index(fields=['subject_department', 'official'], name='check_of_subject')],
            },
        ),
        migrations.CreateModel(
            name='CreditReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('agency', models.CharField(max_length=200)),
                ('number', models.CharField(max_length=100)),
                ('issued_on', models.DateField()),
                ('valid_to', models.DateField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('credit_check', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='records.creditcheck')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('issued_on'))), name='credit_report_days'), models.UniqueConstraint(fields=('credit_check', 'agency', 'number'), name='credit_report_once')],
            },
        ),
        migrations.CreateModel(
            name='Honour',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('state', models.CharField(choices=[('draft', '草稿'), ('proposed', '待授予'), ('granted', '已授予'), ('withdrawn', '已撤销')], default='draft', max_length=12)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('department_name', models.CharField(max_length=200)),
                ('subject_name', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=100)),
                ('level', models.CharField(max_length=20)),
                ('granted_by', models.CharField(max_length=200)),
                ('document_number', models.CharField(max_length=128)),
                ('granted_on', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('incentives', models.JSONField(default=list)),
                ('registered_on', models.DateField()),
                ('decided_on', models.DateField(null=True)),
                ('withdrawn_on', models.DateField(null=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('check_run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.checkrun')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('filer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('granter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('official', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='honours', to='accounts.official')),
                ('subject_department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='honours', to='accounts.department')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'granted', 'withdrawn'])), name='honour_state_known'), models.CheckConstraint(condition=models.Q(('granter', models.F('filer')), _negated=True), name='honour_granter_is_not_filer'), models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'proposed')), models.Q(('decided_on__isnull', False), ('granter__isnull', False)), _connector='OR'), name='honour_granted_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('withdrawn_on__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='honour_withdrawal_has_reason'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('granted_on')), _connector='OR'), name='honour_days_in_order')],
                'indexes': [models.Index(fields=['department', 'state'], name='honour_by_department'), models.Index(fields=['-registered_on', '-id'], name='honour_newest')],
                'verbose_name': '荣誉',
            },
        ),
        migrations.CreateModel(
            name='IncentiveMeasure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40)),
                ('basis', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('active', '可享受'), ('ended', '已停止')], default='active', max_length=10)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('ended_because', models.CharField(blank=True, max_length=40)),
                ('honour', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='records.honour')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('honour', 'code'), name='incentive_once'), models.CheckConstraint(condition=models.Q(('state__in', ['active', 'ended'])), name='incentive_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('state', 'active')), models.Q(('ended_on__isnull', False), ('state', 'ended'), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='incentive_end_told')],
            },
        ),
        migrations.CreateModel(
            name='IntegrityArchive',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('opened_on', models.DateField()),
                ('department', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='archive', to='accounts.department')),
                ('official', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='archive', to='accounts.official')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('department__isnull', False), ('official', None)), models.Q(('department', None), ('official__isnull', False)), _connector='OR'), name='archive_of_one_subject')],
                'verbose_name': '诚信档案',
            },
        ),
        migrations.CreateModel(
            name='RestrictedPart',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('personal_matters', '个人有关事项报告'), ('integrity', '廉政纪律'), ('appraisal', '年度考核结果'), ('misconduct', '相关违纪行为')], max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('text_sealed', models.BinaryField()),
                ('written_at', models.DateTimeField()),
                ('archive', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restricted', to='records.integrityarchive')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['personal_matters', 'integrity', 'appraisal', 'misconduct'])), name='restricted_kind_known'), models.CheckConstraint(condition=models.Q(('year__gte', 1949), ('year__lte', 2999)), name='restricted_year_plausible')],
                'indexes': [models.Index(fields=['archive', 'kind', '-year'], name='restricted_of_archive')],
            },
        ),
        migrations.CreateModel(
            name='RestrictedReading',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('personal_matters', '个人有关事项报告'), ('integrity', '廉政纪律'), ('appraisal', '年度考核结果'), ('misconduct', '相关违纪行为')], max_length=20)),
                ('department_name', models.CharField(max_length=200)),
                ('purpose', models.CharField(max_length=40)),
                ('reason', models.TextField()),
                ('read_at', models.DateTimeField()),
                ('archive', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='records.integrityarchive')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('viewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('purpose', ''), _negated=True)), name='reading_has_a_reason'), models.CheckConstraint(condition=models.Q(('kind__in', ['personal_matters', 'integrity', 'appraisal', 'misconduct'])), name='reading_kind_known')],
                'indexes': [models.Index(fields=['viewer', 'read_at'], name='reading_by_viewer'), models.Index(fields=['archive', '-read_at'], name='reading_of_archive')],
            },
        ),
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunSQL(ANSWERS, ANSWERS_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
