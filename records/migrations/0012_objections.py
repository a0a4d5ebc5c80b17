"""The tables of objections, and what the database itself refuses in them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

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
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(blank=True, max_length=40)),
                ('state', models.CharField(choices=[('draft', '草稿'), ('submitted', '待受理'), ('supplement', '待补正'), ('accepted', '已受理'), ('not_accepted', '不予受理'), ('investigating', '核查中'), ('paused', '检验论证中'), ('decision_draft', '拟处理'), ('upheld_correct', '成立（更正）'), ('upheld_revoke', '成立（撤销）'), ('upheld_stop', '成立（停止公示）'), ('dismissed', '不成立'), ('withdrawn_by_applicant', '申请人撤回'), ('review_requested', '申请复核'), ('review_upheld', '复核成立'), ('review_dismissed', '复核不成立'), ('closed', '已结案')], default='draft', max_length=24)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('subject_name', models.CharField(max_length=200)),
                ('is_escalated', models.BooleanField(default=False)),
                ('ground', models.CharField(blank=True, max_length=20)),
                ('is_against_source', models.BooleanField(default=False)),
                ('facts', models.TextField(blank=True)),
                ('wanted', models.CharField(blank=True, max_length=10)),
                ('is_paper', models.BooleanField(default=False)),
                ('agent_name', models.CharField(blank=True, max_length=100)),
                ('received_on', models.DateField(null=True)),
                ('filed_on', models.DateField(null=True)),
                ('accepted_on', models.DateField(null=True)),
                ('refusal', models.CharField(blank=True, max_length=24)),
                ('refusal_reason', models.TextField(blank=True)),
                ('remedy', models.TextField(blank=True)),
                ('findings', models.TextField(blank=True)),
                ('proposed', models.CharField(blank=True, choices=[('correct', '成立，更正记录'), ('revoke', '成立，撤销记录'), ('stop', '成立，停止公示'), ('dismiss', '不成立，维持记录')], max_length=10)),
                ('content', models.JSONField(default=dict)),
                ('draft_queried', models.TextField(blank=True)),
                ('review_reason', models.TextField(blank=True)),
                ('closed_on', models.DateField(null=True)),
                ('decider', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('handler', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='records.dishonestyrecord')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('subject_department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('subject_official', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.official')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'supplement', 'accepted', 'not_accepted', 'investigating', 'paused', 'decision_draft', 'upheld_correct', 'upheld_revoke', 'upheld_stop', 'dismissed', 'withdrawn_by_applicant', 'review_requested', 'review_upheld', 'review_dismissed', 'closed'])), name='objection_state_known'), models.CheckConstraint(condition=models.Q(('decider', models.F('handler')), _negated=True), name='objection_decider_is_not_handler'), models.CheckConstraint(condition=models.Q(('decider', models.F('filed_by')), _negated=True), name='objection_decider_is_not_applicant'), models.CheckConstraint(condition=models.Q(('reviewed_by', models.F('handler')), _negated=True), name='objection_reviewer_is_not_handler'), models.CheckConstraint(condition=models.Q(('reviewed_by', models.F('decider')), _negated=True), name='objection_reviewer_is_not_decider'), models.CheckConstraint(condition=models.Q(('reviewed_by', models.F('filed_by')), _negated=True), name='objection_reviewer_is_no_applicant'), models.CheckConstraint(condition=models.Q(('is_paper', True), models.Q(('handler', models.F('filed_by')), _negated=True), _connector='OR'), name='objection_handler_is_not_applicant'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(models.Q(('number', ''), _negated=True), ('filed_on__isnull', False)), _connector='OR'), name='objection_handed_in_is_numbered'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['upheld_correct', 'upheld_revoke', 'upheld_stop', 'dismissed']), _negated=True), models.Q(('decider__isnull', False), ('handler__isnull', False)), _connector='OR'), name='objection_decided_by_two'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['review_upheld', 'review_dismissed']), _negated=True), models.Q(('decider__isnull', False), ('handler__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='objection_reviewed_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'not_accepted'), _negated=True), models.Q(models.Q(('refusal_reason', ''), _negated=True), models.Q(('remedy', ''), _negated=True)), _connector='OR'), name='objection_refusal_has_reason'), models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number',), name='objection_number_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['submitted', 'supplement', 'accepted', 'investigating', 'paused', 'decision_draft', 'review_requested'])), fields=('record',), name='objection_one_open_per_record')],
                'indexes': [models.Index(fields=['office', 'state'], name='objection_office_state'), models.Index(fields=['subject_department', 'state'], name='objection_unit_state')],
            },
        ),
        migrations.CreateModel(
            name='ObjectionDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('is_review', models.BooleanField(default=False)),
                ('outcome', models.CharField(choices=[('correct', '成立，更正记录'), ('revoke', '成立，撤销记录'), ('stop', '成立，停止公示'), ('dismiss', '不成立，维持记录')], max_length=10)),
                ('reasons', models.TextField()),
                ('document_number', models.CharField(max_length=128)),
                ('content', models.JSONField(default=dict)),
                ('was_public', models.BooleanField(default=False)),
                ('office_name', models.CharField(max_length=200)),
                ('decided_on', models.DateField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('objection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='records.objection')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('objection', 'is_review'), name='objection_decided_once_per_round'), models.CheckConstraint(condition=models.Q(('outcome__in', ['correct', 'revoke', 'stop', 'dismiss'])), name='objection_decision_outcome_known'), models.CheckConstraint(condition=models.Q(models.Q(('reasons', ''), _negated=True), models.Q(('document_number', ''), _negated=True)), name='objection_decision_has_reasons'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('prepared_by')), _negated=True), name='objection_decision_by_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('is_review', True), ('outcome', 'dismiss')), ('prepared_by__isnull', False), _connector='OR'), name='objection_decision_that_changes_is_prepared')],
            },
        ),
        migrations.CreateModel(
            name='DecisionService',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('method', models.CharField(choices=[('direct', '直接送达'), ('post', '邮寄送达'), ('electronic', '电子送达'), ('left', '留置送达')], max_length=12)),
                ('received_by', models.CharField(max_length=100)),
                ('served_on', models.DateField()),
                ('served_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='service', to='records.objectiondecision')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('method__in', ['direct', 'post', 'electronic', 'left'])), name='objection_service_method_known')],
            },
        ),
        migrations.CreateModel(
            name='CorrectionNotice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=300)),
                ('text', models.TextField()),
                ('shown_from', models.DateField()),
                ('shown_until', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='notice', to='records.objectiondecision')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('shown_until__gte', models.F('shown_from'))), name='objection_notice_shown_in_order')],
            },
        ),
        migrations.CreateModel(
            name='ObjectionEscalation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('rule', models.CharField(max_length=64)),
                ('due_on', models.DateField()),
                ('escalated_on', models.DateField()),
                ('from_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('objection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='records.objection')),
                ('to_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('from_office', models.F('to_office')), _negated=True), name='escalation_goes_elsewhere'), models.CheckConstraint(condition=models.Q(('escalated_on__gt', models.F('due_on'))), name='escalation_after_the_day'), models.UniqueConstraint(fields=('objection', 'from_office'), name='escalation_once_per_office')],
            },
        ),
        migrations.CreateModel(
            name='ObjectionSupplement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('items', models.JSONField(default=list)),
                ('told_on', models.DateField()),
                ('due_on', models.DateField()),
                ('objection', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='supplement', to='records.objection')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('items', []), _negated=True), name='objection_supplement_names_something'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('told_on'))), name='objection_supplement_days_in_order')],
            },
        ),
        migrations.CreateModel(
            name='ProviderInquiry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('asked', '待回复'), ('answered', '已回复'), ('lapsed', '未回复即办结')], default='asked', max_length=12)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('question', models.TextField()),
                ('asked_on', models.DateField()),
                ('answer', models.TextField(blank=True)),
                ('answered_on', models.DateField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('objection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='records.objection')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'answered', 'lapsed'])), name='inquiry_state_known'), models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='inquiry_asks_something'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), ('answered_by__isnull', False)), _connector='OR'), name='inquiry_answer_has_words'), models.CheckConstraint(condition=models.Q(('answered_by', models.F('asked_by')), _negated=True), name='inquiry_answered_by_another'), models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('objection',), name='inquiry_one_open')],
            },
        ),
        migrations.RunSQL(PERSONS, PERSONS_BACK),
        migrations.RunSQL(STOPS, STOPS_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
