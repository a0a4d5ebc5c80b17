"""The payments promises owe, one row each; no row is ever deleted or moved to another promise."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

MOVES = """
CREATE FUNCTION records_check_payment_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.commitment_id <> OLD.commitment_id OR NEW.form <> OLD.form OR NEW.version < OLD.version THEN
        RAISE EXCEPTION 'a payment stays with its commitment'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_identity_kept';
    END IF;
    IF OLD.removed_on IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        RAISE EXCEPTION 'a payment that was taken out stays as it was'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_removed_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_moves BEFORE UPDATE ON records_paymentnode
    FOR EACH ROW EXECUTE FUNCTION records_check_payment_move();
ALTER TABLE records_paymentnode ENABLE ALWAYS TRIGGER payment_moves;
SELECT ledger_keep('records_paymentnode');
"""
MOVES_BACK = """
SELECT ledger_release('records_paymentnode');
DROP TRIGGER payment_moves ON records_paymentnode;
DROP FUNCTION records_check_payment_move();
"""


class Migration(migrations.Migration):
    """Add the table, then its walls."""

    dependencies = [
        ('records', '0017_objections_to_repairs'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaymentNode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(max_length=32)),
                ('place', models.PositiveSmallIntegerField()),
                ('payee', models.CharField(max_length=200)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('rule', models.CharField(max_length=64)),
                ('started_on', models.DateField()),
                ('days', models.PositiveSmallIntegerField(null=True)),
                ('state', models.CharField(choices=[('due', '待付'), ('paid', '已付清')], default='due', max_length=8)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('paid_on', models.DateField(null=True)),
                ('removed_on', models.DateField(null=True)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='records.commitment')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('removed_on', None), ('state', 'due')), fields=['commitment'], name='payment_owed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['due', 'paid'])), name='payment_state_known'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='payment_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('paid_on__isnull', False), ('state', 'paid')), models.Q(('paid_on__isnull', True), ('state', 'due')), _connector='OR'), name='payment_paid_is_dated')],
            },
        ),
        migrations.RunSQL(MOVES, MOVES_BACK),
    ]
