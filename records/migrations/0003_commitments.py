"""Commitments with their versions, milestones, changes and reminders; and the walls that keep them as they were given."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

HANDS = """
CREATE FUNCTION records_check_commitment_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reviewer_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.reviewer_id IS DISTINCT FROM OLD.reviewer_id) THEN
        IF EXISTS (
            SELECT FROM rules_hand hand
            WHERE hand.object_type = 'records.commitment' AND hand.object_id = NEW.id::text
              AND hand.person_id = NEW.reviewer_id AND hand.part IN ('filer', 'editor', 'claimant')
        ) THEN
            RAISE EXCEPTION 'the reviewer has filed or edited this commitment'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_four_eyes';
        END IF;
        IF NOT EXISTS (
            SELECT FROM accounts_rolegrant held
            WHERE held.person_id = NEW.reviewer_id AND held.role = 'reviewer' AND held.department_id = NEW.department_id
        ) THEN
            RAISE EXCEPTION 'the reviewer holds no such role in the department that promises'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_reviewer_in_scope';
        END IF;
    END IF;
    IF NEW.judge_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.judge_id IS DISTINCT FROM OLD.judge_id) THEN
        IF EXISTS (
            SELECT FROM rules_hand hand
            WHERE hand.object_type = 'records.commitment' AND hand.object_id = NEW.id::text
              AND hand.person_id = NEW.judge_id AND hand.part IN ('filer', 'editor', 'claimant', 'reviewer')
        ) THEN
            RAISE EXCEPTION 'the judge has promised, reviewed or claimed himself'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_four_eyes';
        END IF;
        IF NOT EXISTS (
            SELECT FROM accounts_rolegrant held
            WHERE held.person_id = NEW.judge_id AND held.role IN ('supervisor', 'approver')
        ) THEN
            RAISE EXCEPTION 'the judge is neither supervisor nor approver'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_judge_in_scope';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_hands BEFORE INSERT OR UPDATE OF reviewer_id, judge_id ON records_commitment
    FOR EACH ROW EXECUTE FUNCTION records_check_commitment_hands();
ALTER TABLE records_commitment ENABLE ALWAYS TRIGGER commitment_hands;
"""
HANDS_BACK = """
DROP TRIGGER commitment_hands ON records_commitment;
DROP FUNCTION records_check_commitment_hands();
"""

MOVES = """
CREATE FUNCTION records_check_commitment_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.department_id <> OLD.department_id
       OR NEW.filer_id <> OLD.filer_id OR NEW.registered_on <> OLD.registered_on
       OR NEW.replaces_id IS DISTINCT FROM OLD.replaces_id
    THEN
        RAISE EXCEPTION 'number, department, filer and predecessor of a commitment never change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_identity_kept';
    END IF;
    IF NEW.version < OLD.version OR NEW.edition < OLD.edition OR NEW.report_version < OLD.report_version
       OR NEW.public_version < OLD.public_version
    THEN
        RAISE EXCEPTION 'versions only grow' USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_versions_grow';
    END IF;
    IF OLD.state NOT IN ('draft', 'returned') AND NEW.edition = OLD.edition AND (
        NEW.kind <> OLD.kind OR NEW.title <> OLD.title OR NEW.content <> OLD.content OR NEW.to_whom <> OLD.to_whom
        OR NEW.measure <> OLD.measure OR NEW.starts_on IS DISTINCT FROM OLD.starts_on
        OR NEW.due_on IS DISTINCT FROM OLD.due_on
    ) THEN
        RAISE EXCEPTION 'words and days of a commitment change only with a new edition'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_words_kept';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'pending_review'), ('returned', 'pending_review'), ('pending_review', 'returned'),
        ('pending_review', 'active'), ('active', 'performed_claimed'), ('overdue', 'performed_claimed'),
        ('performed_claimed', 'fulfilled'), ('performed_claimed', 'active'), ('active', 'overdue'),
        ('overdue', 'breached'), ('active', 'change_pending'), ('overdue', 'change_pending'),
        ('change_pending', 'changed'), ('change_pending', 'active'), ('change_pending', 'overdue'),
        ('draft', 'cancelled'), ('pending_review', 'cancelled'), ('returned', 'cancelled')
    ) AND NOT ((OLD.state, NEW.state) = ('draft', 'active') AND NEW.replaces_id IS NOT NULL) THEN
        RAISE EXCEPTION 'no arrow leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_state_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_moves BEFORE UPDATE ON records_commitment
    FOR EACH ROW EXECUTE FUNCTION records_check_commitment_move();
ALTER TABLE records_commitment ENABLE ALWAYS TRIGGER commitment_moves;

CREATE FUNCTION records_check_milestone_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.commitment_id <> OLD.commitment_id OR NEW.version < OLD.version THEN
        RAISE EXCEPTION 'a milestone stays with its commitment'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_identity_kept';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('planned', 'reported'), ('reported', 'checked'), ('reported', 'planned')
    ) THEN
        RAISE EXCEPTION 'no arrow leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_state_moves';
    END IF;
    IF OLD.state = 'checked' AND (to_jsonb(NEW) - 'removed_on') <> (to_jsonb(OLD) - 'removed_on') THEN
        RAISE EXCEPTION 'a checked milestone stays as it was checked'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_checked_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER milestone_moves BEFORE UPDATE ON records_milestone
    FOR EACH ROW EXECUTE FUNCTION records_check_milestone_move();
ALTER TABLE records_milestone ENABLE ALWAYS TRIGGER milestone_moves;

CREATE FUNCTION records_keep_commitment_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.approved_by_id IS NOT NULL
       OR (to_jsonb(NEW) - 'approved_by_id' - 'approved_on') <> (to_jsonb(OLD) - 'approved_by_id' - 'approved_on')
    THEN
        RAISE EXCEPTION 'a version of a commitment is approved once and never rewritten'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'commitment_version_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_version_kept BEFORE UPDATE ON records_commitmentversion
    FOR EACH ROW EXECUTE FUNCTION records_keep_commitment_version();
ALTER TABLE records_commitmentversion ENABLE ALWAYS TRIGGER commitment_version_kept;
"""
MOVES_BACK = """
DROP TRIGGER commitment_version_kept ON records_commitmentversion;
DROP FUNCTION records_keep_commitment_version();
DROP TRIGGER milestone_moves ON records_milestone;
DROP FUNCTION records_check_milestone_move();
DROP TRIGGER commitment_moves ON records_commitment;
DROP FUNCTION records_check_commitment_move();
"""

KEPT = ("records_commitment", "records_commitmentversion", "records_milestone", "records_commitmentchange")
KEEPING = "".join(f"SELECT ledger_keep('{table}');\n" for table in KEPT) + (
    "SELECT ledger_freeze('records_commitmentreminder');\n"
)
KEEPING_BACK = "SELECT ledger_thaw('records_commitmentreminder');\n" + "".join(
    f"SELECT ledger_release('{table}');\n" for table in KEPT
)


class Migration(migrations.Migration):
    """Add the tables, then the walls."""

    dependencies = [
        ("accounts", "0002_walls"),
        ("ledger", "0002_walls"),
        ("records", "0002_walls"),
        ("rules", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('state', models.CharField(choices=[('draft', '草稿'), ('pending_review', '待审核'), ('returned', '退回'), ('active', '履行中'), ('performed_claimed', '申报履行'), ('fulfilled', '已履行'), ('overdue', '逾期'), ('breached', '未履行（失信）'), ('change_pending', '变更审批中'), ('changed', '依法变更'), ('cancelled', '已撤销')], default='draft', max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('report_version', models.PositiveIntegerField(default=0)),
                ('public_version', models.PositiveIntegerField(default=0)),
                ('department_name', models.CharField(max_length=200)),
                ('lead_name', models.CharField(blank=True, max_length=200)),
                ('responsible_name', models.CharField(blank=True, max_length=100)),
                ('responsible_post', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(blank=True, max_length=40)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('content', models.TextField(blank=True)),
                ('to_whom', models.CharField(blank=True, max_length=200)),
                ('measure', models.TextField(blank=True)),
                ('starts_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('key_areas', models.JSONField(default=list)),
                ('origin', models.CharField(blank=True, max_length=40)),
                ('document_name', models.CharField(blank=True, max_length=200)),
                ('document_number', models.CharField(blank=True, max_length=128)),
                ('amount_yuan', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('disclosure_mode', models.CharField(choices=[('PROACTIVE', '主动公开'), ('ON_REQUEST', '依申请公开'), ('WITHHELD', '不予公开')], default='PROACTIVE', max_length=20)),
                ('disclosure_reason', models.TextField(blank=True)),
                ('disclosure_basis', models.CharField(blank=True, max_length=200)),
                ('registered_on', models.DateField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('activated_on', models.DateField(null=True)),
                ('overdue_on', models.DateField(null=True)),
                ('claimed_on', models.DateField(null=True)),
                ('performed_on', models.DateField(null=True)),
                ('claim_note', models.TextField(blank=True)),
                ('is_late', models.BooleanField(default=False)),
                ('judged_on', models.DateField(null=True)),
                ('judged_edition', models.PositiveIntegerField(null=True)),
                ('score', models.PositiveSmallIntegerField(null=True)),
                ('value', models.DecimalField(decimal_places=2, max_digits=3, null=True)),
                ('verdict_note', models.TextField(blank=True)),
                ('state_before', models.CharField(blank=True, max_length=20)),
                ('change_reason', models.TextField(blank=True)),
                ('publication_waits', models.BooleanField(default=False)),
                ('publication_reason', models.TextField(blank=True)),
                ('public_from', models.DateField(null=True)),
                ('public_until', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('claimant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('filer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('judge', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('opened_record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.dishonestyrecord')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successor', to='records.commitment')),
                ('responsible_official', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.official')),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'pending_review', 'returned', 'active', 'performed_claimed', 'fulfilled', 'overdue', 'breached', 'change_pending', 'changed', 'cancelled'])), name='commitment_state_known'), models.CheckConstraint(condition=models.Q(('disclosure_mode__in', ['PROACTIVE', 'ON_REQUEST', 'WITHHELD'])), name='commitment_mode_known'), models.CheckConstraint(condition=models.Q(('reviewer', models.F('filer')), _negated=True), name='commitment_reviewer_is_not_filer'), models.CheckConstraint(condition=models.Q(('judge', models.F('claimant')), _negated=True), name='commitment_judge_is_not_claimant'), models.CheckConstraint(condition=models.Q(('judge', models.F('filer')), _negated=True), name='commitment_judge_is_not_filer'), models.CheckConstraint(condition=models.Q(('starts_on', None), ('due_on', None), ('due_on__gte', models.F('starts_on')), _connector='OR'), name='commitment_days_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['active', 'performed_claimed', 'overdue', 'change_pending', 'fulfilled', 'breached', 'changed']), _negated=True), models.Q(('activated_on__isnull', False), ('due_on__isnull', False), ('starts_on__isnull', False), ('responsible_official__isnull', False), models.Q(('kind', ''), _negated=True), models.Q(('title', ''), _negated=True), models.Q(('content', ''), _negated=True), models.Q(('measure', ''), _negated=True), models.Q(('to_whom', ''), _negated=True)), _connector='OR'), name='commitment_given_is_complete'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['active', 'performed_claimed', 'overdue', 'change_pending', 'fulfilled', 'breached', 'changed']), _negated=True), ('disclosure_mode', 'PROACTIVE'), models.Q(models.Q(('disclosure_reason', ''), _negated=True), models.Q(('disclosure_basis', ''), _negated=True)), _connector='OR'), name='commitment_kept_back_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'performed_claimed'), _negated=True), models.Q(('claimant__isnull', False), ('claimed_on__isnull', False), ('performed_on__isnull', False)), _connector='OR'), name='commitment_claim_is_dated'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'fulfilled'), _negated=True), models.Q(('judge__isnull', False), ('judged_edition__isnull', False), ('judged_on__isnull', False), ('performed_on__isnull', False), ('score__isnull', False), ('value__isnull', False), models.Q(('verdict_note', ''), _negated=True)), _connector='OR'), name='commitment_fulfilled_is_judged'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'breached'), _negated=True), models.Q(('judge__isnull', False), ('judged_edition__isnull', False), ('judged_on__isnull', False), ('value', 0), models.Q(('verdict_note', ''), _negated=True)), _connector='OR'), name='commitment_breached_is_judged'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'changed'), _negated=True), models.Q(('change_reason', ''), _negated=True), _connector='OR'), name='commitment_changed_with_reason'), models.CheckConstraint(condition=models.Q(('overdue_on', None), ('due_on', None), ('overdue_on__gt', models.F('due_on')), _connector='OR'), name='commitment_overdue_after_due'), models.CheckConstraint(condition=models.Q(('score', None), ('score__lte', 100), _connector='OR'), name='commitment_score_in_range'), models.CheckConstraint(condition=models.Q(('value', None), models.Q(('value__gte', 0), ('value__lte', 1)), _connector='OR'), name='commitment_value_in_range'), models.CheckConstraint(condition=models.Q(('amount_yuan', None), ('amount_yuan__gte', 0), _connector='OR'), name='commitment_amount_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('public_from', None), ('public_until', None)), ('public_from__lte', models.F('public_until')), _connector='OR'), name='commitment_public_days_in_order')],
                'indexes': [models.Index(fields=['state', 'department'], name='commitment_state_department'), models.Index(fields=['lead', 'state'], name='commitment_lead_state'), models.Index(fields=['-registered_on', '-id'], name='commitment_newest'), models.Index(condition=models.Q(('state', 'active')), fields=['due_on'], name='commitment_due'), models.Index(fields=['department', 'due_on'], name='commitment_department_due'), models.Index(condition=models.Q(('public_until', None), _negated=True), fields=['public_until'], name='commitment_public_ends')],
            },
        ),
        migrations.CreateModel(
            name='CommitmentChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('requested', '审批中'), ('approved', '已批准'), ('refused', '未批准')], default='requested', max_length=10)),
                ('edition', models.PositiveIntegerField()),
                ('basis_codes', models.JSONField(default=list)),
                ('reason', models.TextField()),
                ('excuses', models.JSONField(default=list)),
                ('compensation_plan', models.TextField()),
                ('content', models.JSONField(default=dict)),
                ('requested_on', models.DateField()),
                ('compensation_yuan', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('compensation_note', models.TextField(blank=True)),
                ('compensated_on', models.DateField(null=True)),
                ('decided_on', models.DateField(null=True)),
                ('decision_note', models.TextField(blank=True)),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='records.commitment')),
                ('compensation_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('head', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'approved', 'refused'])), name='change_state_known'), models.UniqueConstraint(condition=models.Q(('state', 'requested')), fields=('commitment',), name='change_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('compensation_plan', ''), _negated=True)), name='change_reasoned'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('approver__isnull', False), ('compensated_on__isnull', False), ('head__isnull', False)), _connector='OR'), name='change_approved_by_two'), models.CheckConstraint(condition=models.Q(('head', models.F('approver')), _negated=True), name='change_head_is_not_approver'), models.CheckConstraint(condition=models.Q(('head', models.F('requested_by')), _negated=True), name='change_head_is_not_requester'), models.CheckConstraint(condition=models.Q(('approver', models.F('requested_by')), _negated=True), name='change_approver_is_not_requester'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('decision_note', ''), _negated=True), _connector='OR'), name='change_refusal_told'), models.CheckConstraint(condition=models.Q(('compensation_yuan', None), ('compensation_yuan__gte', 0), _connector='OR'), name='change_compensation_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='CommitmentReminder',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('days_before', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField()),
                ('reminded_on', models.DateField()),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='records.commitment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('commitment', 'due_on', 'days_before'), name='reminder_once'), models.CheckConstraint(condition=models.Q(('reminded_on__lte', models.F('due_on'))), name='reminder_not_after_due')],
            },
        ),
        migrations.CreateModel(
            name='CommitmentVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('edition', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('why', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('approved_on', models.DateField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='records.commitment')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('commitment', 'edition'), name='commitment_version_once'), models.CheckConstraint(condition=models.Q(('approved_by', models.F('made_by')), _negated=True), name='commitment_version_second_person')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('weight', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('planned', '未完成'), ('reported', '待核验'), ('checked', '已核验')], default='planned', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('note', models.TextField(blank=True)),
                ('done_on', models.DateField(null=True)),
                ('reported_on', models.DateField(null=True)),
                ('checked_on', models.DateField(null=True)),
                ('check_note', models.TextField(blank=True)),
                ('removed_on', models.DateField(null=True)),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='records.commitment')),
                ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'reported', 'checked'])), name='milestone_state_known'), models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 100)), name='milestone_weight_positive'), models.CheckConstraint(condition=models.Q(('checked_by', models.F('reported_by')), _negated=True), name='milestone_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'checked'), _negated=True), models.Q(('checked_by__isnull', False), ('checked_on__isnull', False), ('reported_by__isnull', False)), _connector='OR'), name='milestone_checked_is_named'), models.UniqueConstraint(condition=models.Q(('removed_on', None)), fields=('commitment', 'place'), name='milestone_place_once')],
            },
        ),
        migrations.RunSQL(HANDS, HANDS_BACK),
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
