"""Credit repair: its tables and their walls; a repaired record may return, and a mirrored one may be closed by the court."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

HANDS = """
CREATE FUNCTION records_check_repair_hands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place text;
BEGIN
    IF NEW.decided_by_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.decided_by_id IS NOT DISTINCT FROM OLD.decided_by_id) THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT FROM rules_hand hand
        WHERE hand.person_id = NEW.decided_by_id
          AND (hand.object_type = 'records.dishonestyrecord' AND hand.object_id = NEW.record_id::text
               OR hand.object_type = 'records.creditrepair' AND hand.object_id = NEW.id::text AND hand.part <> 'decider')
    ) THEN
        RAISE EXCEPTION 'who decides has another hand in this repair or in its record'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'repair_four_eyes';
    END IF;
    SELECT path INTO place FROM accounts_department WHERE id = NEW.department_id;
    IF NOT EXISTS (
        SELECT FROM accounts_rolegrant held JOIN accounts_department office ON office.id = held.department_id
        WHERE held.person_id = NEW.decided_by_id AND held.role = 'approver'
          AND starts_with(
              place, CASE WHEN office.is_credit_lead THEN left(office.path, -length(office.id::text || '/')) ELSE office.path END
          )
    ) THEN
        RAISE EXCEPTION 'who decides works for another region'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'repair_decider_in_scope';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER repair_hands BEFORE INSERT OR UPDATE OF decided_by_id ON records_creditrepair
    FOR EACH ROW EXECUTE FUNCTION records_check_repair_hands();
ALTER TABLE records_creditrepair ENABLE ALWAYS TRIGGER repair_hands;
"""
HANDS_BACK = """
DROP TRIGGER repair_hands ON records_creditrepair;
DROP FUNCTION records_check_repair_hands();
"""

MOVES = """
CREATE FUNCTION records_check_repair_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.record_id <> OLD.record_id
       OR NEW.department_id <> OLD.department_id OR NEW.filer_id <> OLD.filer_id OR NEW.opened_on <> OLD.opened_on
       OR NEW.applicant_department_id <> OLD.applicant_department_id
       OR NEW.applicant_official_id IS DISTINCT FROM OLD.applicant_official_id
    THEN
        RAISE EXCEPTION 'number, record, office and applicant of a repair never change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'repair_identity_kept';
    END IF;
    IF NEW.version < OLD.version OR NEW.edition < OLD.edition THEN
        RAISE EXCEPTION 'versions only grow' USING ERRCODE = 'check_violation', CONSTRAINT = 'repair_versions_grow';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'submitted'), ('submitted', 'accepted'), ('submitted', 'supplement'), ('submitted', 'not_accepted'),
        ('supplement', 'submitted'), ('accepted', 'verifying'), ('verifying', 'decision_draft'),
        ('decision_draft', 'approved'), ('decision_draft', 'refused'), ('refused', 'approved'), ('approved', 'synced'),
        ('approved', 'revoked'), ('synced', 'revoked'),
        ('draft', 'withdrawn'), ('submitted', 'withdrawn'), ('supplement', 'withdrawn'), ('accepted', 'withdrawn'),
        ('verifying', 'withdrawn'), ('decision_draft', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'no arrow leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'repair_state_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER repair_moves BEFORE UPDATE ON records_creditrepair
    FOR EACH ROW EXECUTE FUNCTION records_check_repair_move();
ALTER TABLE records_creditrepair ENABLE ALWAYS TRIGGER repair_moves;

-- Asked at the end of the transaction: the act moves the repair first and writes its paper after.
CREATE FUNCTION records_check_repair_papers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'revoked' AND NOT EXISTS (SELECT FROM records_repairrevocation paper WHERE paper.repair_id = NEW.id)
       OR NEW.state IN ('approved', 'refused')
          AND NOT EXISTS (SELECT FROM records_repairdecision paper WHERE paper.repair_id = NEW.id)
    THEN
        RAISE EXCEPTION 'no decision without its paper' USING ERRCODE = 'check_violation', CONSTRAINT = 'repair_papers';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER repair_papers AFTER UPDATE ON records_creditrepair DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION records_check_repair_papers();
ALTER TABLE records_creditrepair ENABLE ALWAYS TRIGGER repair_papers;
"""
MOVES_BACK = """
DROP TRIGGER repair_papers ON records_creditrepair;
DROP FUNCTION records_check_repair_papers();
DROP TRIGGER repair_moves ON records_creditrepair;
DROP FUNCTION records_check_repair_move();
"""

# Taken from the function as it stands, so that what other migrations have added to it stays.
RETURNS = """
DO $body$
BEGIN
    EXECUTE replace(
        pg_get_functiondef('records_check_move()'::regprocedure),
        '(''draft'', ''pending_review''),',
        '(''draft'', ''pending_review''), (''repaired'', ''disclosed''), (''repaired'', ''effective''), '
            || '(''repaired'', ''expired''), (''effective'', ''expired''),'
    );
END $body$;
"""
RETURNS_BACK = """
DO $body$
BEGIN
    EXECUTE replace(
        pg_get_functiondef('records_check_move()'::regprocedure),
        ' (''repaired'', ''disclosed''), (''repaired'', ''effective''), '
            || '(''repaired'', ''expired''), (''effective'', ''expired''),',
        ''
    );
END $body$;
"""

KEPT = ("records_creditrepair", "records_repairmaterial")
WRITTEN = (
    "records_supplementnotice",
    "records_repairdecision",
    "records_repairrevocation",
    "records_courtdelisting",
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
        ("records", "0007_case_files"),
    ]

    operations = [
        migrations.CreateModel(
            name='CreditRepair',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('state', models.CharField(choices=[('draft', '草稿'), ('submitted', '已提交'), ('supplement', '待补正'), ('not_accepted', '不予受理'), ('accepted', '已受理'), ('verifying', '核实中'), ('decision_draft', '拟办待决定'), ('approved', '准予修复'), ('refused', '不予修复'), ('synced', '已同步'), ('withdrawn', '已撤回'), ('revoked', '撤销修复')], default='draft', max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('department_name', models.CharField(max_length=200)),
                ('applicant_name', models.CharField(max_length=200)),
                ('is_paper', models.BooleanField(default=False)),
                ('agent_name', models.CharField(blank=True, max_length=100)),
                ('opened_on', models.DateField()),
                ('grounds', models.TextField(blank=True)),
                ('measures', models.JSONField(default=list)),
                ('pledge_text', models.TextField(blank=True)),
                ('pledge_by', models.CharField(blank=True, max_length=100)),
                ('pledge_on', models.DateField(null=True)),
                ('received_on', models.DateField(null=True)),
                ('supplement_told_on', models.DateField(null=True)),
                ('supplied_on', models.DateField(null=True)),
                ('accepted_on', models.DateField(null=True)),
                ('forwarded_on', models.DateField(null=True)),
                ('extended_on', models.DateField(null=True)),
                ('findings', models.TextField(blank=True)),
                ('proposed', models.CharField(blank=True, max_length=10)),
                ('not_accepted_because', models.TextField(blank=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('decided_on', models.DateField(null=True)),
                ('decision_number', models.CharField(blank=True, max_length=128)),
                ('report_version', models.PositiveIntegerField(default=0)),
                ('synced_on', models.DateField(null=True)),
                ('revoked_ground', models.CharField(blank=True, max_length=40)),
                ('ended_on', models.DateField(null=True)),
                ('applicant_department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('applicant_official', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.official')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('filer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repairs', to='records.dishonestyrecord')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'supplement', 'not_accepted', 'accepted', 'verifying', 'decision_draft', 'approved', 'refused', 'synced', 'withdrawn', 'revoked'])), name='repair_state_known'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('officer')), _negated=True), name='repair_decider_is_not_officer'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('filer')), _negated=True), name='repair_decider_is_not_filer'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'withdrawn']), models.Q(('pledge_on__isnull', False), ('received_on__isnull', False), models.Q(('pledge_by', ''), _negated=True)), _connector='OR'), name='repair_submitted_is_pledged'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'synced', 'refused', 'revoked']), _negated=True), models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), ('officer__isnull', False), models.Q(('decision_number', ''), _negated=True)), _connector='OR'), name='repair_decided_in_full'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'not_accepted'), _negated=True), models.Q(('not_accepted_because', ''), _negated=True), _connector='OR'), name='repair_refusal_has_reason'), models.CheckConstraint(condition=models.Q(('received_on', None), ('received_on__gte', models.F('opened_on')), ('is_paper', True), _connector='OR'), name='repair_days_in_order'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'supplement', 'accepted', 'verifying', 'decision_draft'])), fields=('record',), name='repair_one_open_per_record'), models.UniqueConstraint(condition=models.Q(('state__in', ['approved', 'synced'])), fields=('record',), name='repair_one_granted_per_record'), models.UniqueConstraint(condition=models.Q(('decision_number', ''), _negated=True), fields=('decision_number',), name='repair_decision_number_once')],
                'indexes': [models.Index(fields=['department', 'state'], name='repair_office_state'), models.Index(fields=['applicant_department', 'state'], name='repair_applicant'), models.Index(fields=['-opened_on', '-id'], name='repair_newest')],
            },
        ),
        migrations.CreateModel(
            name='RepairDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('approve', '准予修复'), ('refuse', '不予修复')], max_length=10)),
                ('number', models.CharField(max_length=128)),
                ('reasons', models.TextField()),
                ('reapply_from', models.DateField(null=True)),
                ('reapply_how', models.TextField(blank=True)),
                ('remedy', models.TextField()),
                ('decided_on', models.DateField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('repair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='records.creditrepair')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('repair', 'outcome'), name='decision_once_each_way'), models.CheckConstraint(condition=models.Q(('outcome__in', ['approve', 'refuse'])), name='decision_outcome_known'), models.CheckConstraint(condition=models.Q(models.Q(('reasons', ''), _negated=True), models.Q(('number', ''), _negated=True)), name='decision_has_reasons'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('drafted_by')), _negated=True), name='decision_by_another'), models.CheckConstraint(condition=models.Q(('outcome', 'approve'), models.Q(('reapply_from__isnull', False), models.Q(('reapply_how', ''), _negated=True), models.Q(('remedy', ''), _negated=True)), _connector='OR'), name='decision_refusal_shows_the_way')],
            },
        ),
        migrations.CreateModel(
            name='RepairMaterial',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40)),
                ('label', models.CharField(max_length=200)),
                ('place', models.PositiveSmallIntegerField()),
                ('is_required', models.BooleanField()),
                ('state', models.CharField(choices=[('open', '未交'), ('given', '已交'), ('lacking', '需补正'), ('passed', '核对通过')], default='open', max_length=10)),
                ('on_paper', models.BooleanField(default=False)),
                ('given_on', models.DateField(null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('repair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='records.creditrepair')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('repair', 'code'), name='repair_material_once'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'given', 'lacking', 'passed'])), name='repair_material_state_known')],
            },
        ),
        migrations.CreateModel(
            name='RepairRevocation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ground', models.CharField(max_length=40)),
                ('reason', models.TextField()),
                ('notice', models.TextField()),
                ('revoked_on', models.DateField()),
                ('may_apply_from', models.DateField()),
                ('shown_until', models.DateField(null=True)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('repair', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='revocation', to='records.creditrepair')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('signed_by', models.F('proposed_by')), _negated=True), name='revocation_by_two'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='revocation_has_reason'), models.CheckConstraint(condition=models.Q(('may_apply_from__gte', models.F('revoked_on'))), name='revocation_blocks')],
            },
        ),
        migrations.CreateModel(
            name='SupplementNotice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('items', models.JSONField()),
                ('told_on', models.DateField()),
                ('repair', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='supplement_notice', to='records.creditrepair')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('items', []), _negated=True), name='supplement_names_something')],
            },
        ),
        migrations.CreateModel(
            name='CourtDelisting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('court', models.CharField(max_length=200)),
                ('document_number', models.CharField(max_length=128)),
                ('delisted_on', models.DateField()),
                ('noted_on', models.DateField()),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='court_delisting', to='records.dishonestyrecord')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('delisted_on__lte', models.F('noted_on'))), name='delisting_not_in_future'), models.CheckConstraint(condition=models.Q(models.Q(('document_number', ''), _negated=True), models.Q(('court', ''), _negated=True)), name='delisting_is_documented')],
            },
        ),
        migrations.RunSQL(HANDS, HANDS_BACK),
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunSQL(RETURNS, RETURNS_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
