"""Nothing of the exchange is deleted; what was frozen or signed is not changed, whoever asks."""

from django.db import migrations

KEPT = ("exchange_report", "exchange_delivery", "exchange_attempt", "exchange_alarm", "exchange_incomingmessage")
FROZEN = ("exchange_receipt", "exchange_reconciliation")

GUARD = """
CREATE FUNCTION exchange_delivery_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    IF (NEW.id, NEW.report_id, NEW.channel, NEW.resource, NEW.subject_id, NEW.version, NEW.operation)
       IS DISTINCT FROM (OLD.id, OLD.report_id, OLD.channel, OLD.resource, OLD.subject_id, OLD.version, OLD.operation)
    THEN
        RAISE EXCEPTION 'a delivery keeps its key and its subject' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- The bytes may be erased, never exchanged: the platform knows them by their digest.
    IF NEW.payload IS DISTINCT FROM OLD.payload AND NEW.payload IS NOT NULL
       OR OLD.payload_digest <> '' AND NEW.payload_digest <> OLD.payload_digest
       OR OLD.wire_operation <> '' AND NEW.wire_operation <> OLD.wire_operation
    THEN
        RAISE EXCEPTION 'the bytes of a delivery are frozen' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER exchange_delivery_guard BEFORE UPDATE ON exchange_delivery
    FOR EACH ROW EXECUTE FUNCTION exchange_delivery_guard();
ALTER TABLE exchange_delivery ENABLE ALWAYS TRIGGER exchange_delivery_guard;
"""
GUARD_UNDONE = """
DROP TRIGGER exchange_delivery_guard ON exchange_delivery;
DROP FUNCTION exchange_delivery_guard();
"""
FORWARD = "".join(f"SELECT ledger_keep('{table}');" for table in KEPT)
FORWARD += "".join(f"SELECT ledger_freeze('{table}');" for table in FROZEN)
BACKWARD = "".join(f"SELECT ledger_thaw('{table}');" for table in FROZEN)
BACKWARD += "".join(f"SELECT ledger_release('{table}');" for table in KEPT)


class Migration(migrations.Migration):
    """Close the tables of the exchange."""

    dependencies = [("exchange", "0001_initial"), ("ledger", "0002_walls")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD), migrations.RunSQL(GUARD, GUARD_UNDONE)]
