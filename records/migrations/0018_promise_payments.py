"""The walls of the payments promises owe: no row is ever deleted or moved to another promise."""

from django.db import migrations

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
        migrations.RunSQL(MOVES, MOVES_BACK),
    ]
