"""The walls of the log: numbering, appending and erasing by definer functions; refusal of everything else by right and by trigger."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

# "ledger" in ASCII: the one advisory lock under which positions are given out.
LOCK = 0x6C6564676572

REFUSAL = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    RAISE EXCEPTION 'ledger: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$body$;

-- Any app's walls may call this for a table whose rows end but are never deleted.
CREATE FUNCTION ledger_keep(kept regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER ledger_no_delete BEFORE DELETE ON %s FOR EACH ROW EXECUTE FUNCTION public.ledger_refuse()', kept);
    EXECUTE format('CREATE OR REPLACE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse()', kept);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER ledger_no_delete, ENABLE ALWAYS TRIGGER ledger_no_truncate', kept);
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'integrity_app') THEN
        EXECUTE format('REVOKE DELETE, TRUNCATE ON %s FROM integrity_app', kept);
    END IF;
END
$body$;

CREATE FUNCTION ledger_release(kept regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    EXECUTE format('DROP TRIGGER IF EXISTS ledger_no_delete ON %s', kept);
    EXECUTE format('DROP TRIGGER IF EXISTS ledger_no_truncate ON %s', kept);
END
$body$;

-- The same, and no update either: for tables that only grow.
CREATE FUNCTION ledger_freeze(frozen regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    PERFORM public.ledger_keep(frozen);
    EXECUTE format('CREATE OR REPLACE TRIGGER ledger_no_update BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION public.ledger_refuse()', frozen);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER ledger_no_update', frozen);
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'integrity_app') THEN
        EXECUTE format('REVOKE UPDATE ON %s FROM integrity_app', frozen);
    END IF;
END
$body$;

CREATE FUNCTION ledger_thaw(frozen regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    PERFORM public.ledger_release(frozen);
    EXECUTE format('DROP TRIGGER IF EXISTS ledger_no_update ON %s', frozen);
END
$body$;
"""
REFUSAL_UNDONE = """
DROP FUNCTION ledger_thaw(regclass);
DROP FUNCTION ledger_freeze(regclass);
DROP FUNCTION ledger_release(regclass);
DROP FUNCTION ledger_keep(regclass);
DROP FUNCTION ledger_refuse();
"""

GUARDS = f"""
-- Positions leave no gap and the recording time is the database's own and never goes back, whoever inserts.
CREATE FUNCTION ledger_number() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    former record;
    tick timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    SELECT position, recorded_at INTO former FROM public.ledger_entry ORDER BY position DESC LIMIT 1;
    IF NEW.position <> coalesce(former.position + 1, 0) THEN
        RAISE EXCEPTION 'ledger: position % does not follow %', NEW.position, former.position USING ERRCODE = 'restrict_violation';
    END IF;
    tick := clock_timestamp();
    IF tick < former.recorded_at - interval '2 seconds' THEN
        RAISE EXCEPTION 'ledger: the database clock went back to % after %', tick, former.recorded_at USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.recorded_at := greatest(tick, former.recorded_at);
    RETURN NEW;
END
$body$;

-- A body may go only if it is public, is no tombstone's, and this very transaction has written a later entry of its document.
CREATE FUNCTION ledger_body_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    IF EXISTS (
        SELECT FROM public.ledger_entry gone
        JOIN public.ledger_entry cause ON cause.document = gone.document AND cause.position > gone.position
        JOIN public.ledger_entrybody written ON written.position = cause.position
        WHERE gone.position = OLD.position AND gone.is_public
        AND written.transaction = pg_current_xact_id()::text::bigint
        AND NOT EXISTS (SELECT FROM public.ledger_tombstone stone WHERE stone.position = gone.position)
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'ledger: the body at % has no successor in this transaction', OLD.position USING ERRCODE = 'restrict_violation';
END
$body$;

CREATE TRIGGER ledger_number BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_number();
CREATE TRIGGER ledger_body_guard BEFORE DELETE ON ledger_entrybody FOR EACH ROW EXECUTE FUNCTION ledger_body_guard();
SELECT ledger_freeze('ledger_entry');
SELECT ledger_freeze('ledger_entrybody');
SELECT ledger_freeze('ledger_tombstone');
SELECT ledger_freeze('ledger_node');
SELECT ledger_freeze('ledger_head');
DROP TRIGGER ledger_no_delete ON ledger_entrybody;
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_number;
ALTER TABLE ledger_entrybody ENABLE ALWAYS TRIGGER ledger_body_guard;
"""
GUARDS_UNDONE = """
SELECT ledger_thaw('ledger_head');
SELECT ledger_thaw('ledger_node');
SELECT ledger_thaw('ledger_tombstone');
SELECT ledger_thaw('ledger_entrybody');
SELECT ledger_thaw('ledger_entry');
DROP TRIGGER ledger_body_guard ON ledger_entrybody;
DROP TRIGGER ledger_number ON ledger_entry;
DROP FUNCTION ledger_body_guard();
DROP FUNCTION ledger_number();
"""

DOORS = f"""
CREATE FUNCTION ledger_erase(erased bigint, cause bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.ledger_entry gone
        JOIN public.ledger_entry later ON later.document = gone.document AND later.position > gone.position
        JOIN public.ledger_entrybody written ON written.position = later.position
        WHERE gone.position = erased AND later.position = cause AND gone.is_public
        AND written.transaction = pg_current_xact_id()::text::bigint
    ) THEN
        RAISE EXCEPTION 'ledger: % is no cause, in this transaction, to erase the body at %', cause, erased
            USING ERRCODE = 'restrict_violation';
    END IF;
    DELETE FROM public.ledger_entrybody WHERE position = erased;
END
$body$;

-- The only way in: lock last, number, insert, erase what the new public entries supersede; gives the first position.
CREATE FUNCTION ledger_append(drafts json) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    draft record;
    first bigint;
    next bigint;
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    SELECT coalesce(max(position) + 1, 0) INTO first FROM public.ledger_entry;
    next := first;
    FOR draft IN SELECT * FROM json_to_recordset(drafts) AS (
        id uuid, kind text, object_type text, object_id text, person uuid, role text, at timestamptz, request_id text,
        reason_digest text, refs jsonb, is_public boolean, document uuid, version integer, commitment text, leaf text,
        salt text, body text, ended_kind text, ended_on date)
    LOOP
        INSERT INTO public.ledger_entry (position, id, kind, object_type, object_id, person, role, at, recorded_at, request_id,
            reason_digest, refs, is_public, document, version, commitment, leaf)
        VALUES (next, draft.id, draft.kind, draft.object_type, draft.object_id, draft.person, draft.role, draft.at,
            clock_timestamp(), draft.request_id, decode(draft.reason_digest, 'hex'), draft.refs, draft.is_public,
            draft.document, draft.version, decode(draft.commitment, 'hex'), decode(draft.leaf, 'hex'));
        INSERT INTO public.ledger_entrybody (position, salt, body, transaction)
        VALUES (next, decode(draft.salt, 'hex'), decode(draft.body, 'base64'), pg_current_xact_id()::text::bigint);
        IF draft.document IS NOT NULL THEN
            IF draft.ended_kind IS NOT NULL THEN
                INSERT INTO public.ledger_tombstone (position, document, version, kind, day)
                VALUES (next, draft.document, draft.version, draft.ended_kind, draft.ended_on);
            END IF;
            PERFORM public.ledger_erase(former.position, next)
            FROM public.ledger_entry former JOIN public.ledger_entrybody live USING (position)
            WHERE former.document = draft.document AND former.position < next
            AND NOT EXISTS (SELECT FROM public.ledger_tombstone stone WHERE stone.position = former.position);
        END IF;
        next := next + 1;
    END LOOP;
    RETURN first;
END
$body$;

CREATE VIEW ledger_public_leaf AS SELECT position, leaf FROM ledger_entry;
CREATE VIEW ledger_public_entry AS
SELECT entry.position, entry.kind, entry.document, entry.version, entry.at, entry.recorded_at, entry.commitment, entry.leaf,
    live.salt, live.body, stone.kind AS ended_kind, stone.day AS ended_on
FROM ledger_entry entry
LEFT JOIN ledger_entrybody live ON live.position = entry.position
LEFT JOIN ledger_tombstone stone ON stone.position = entry.position
WHERE entry.is_public;
"""
DOORS_UNDONE = """
DROP VIEW ledger_public_entry;
DROP VIEW ledger_public_leaf;
DROP FUNCTION ledger_append(json);
DROP FUNCTION ledger_erase(bigint, bigint);
"""

RIGHTS = """
REVOKE ALL ON FUNCTION ledger_append(json), ledger_erase(bigint, bigint), ledger_keep(regclass), ledger_release(regclass),
    ledger_freeze(regclass), ledger_thaw(regclass) FROM PUBLIC;
DO $body$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'integrity_app') THEN
        REVOKE ALL ON ledger_entry, ledger_entrybody, ledger_tombstone, ledger_public_leaf, ledger_public_entry FROM integrity_app;
        REVOKE UPDATE, DELETE, TRUNCATE ON ledger_node, ledger_head FROM integrity_app;
        GRANT SELECT ON ledger_entry, ledger_entrybody, ledger_tombstone, ledger_public_leaf, ledger_public_entry TO integrity_app;
        GRANT SELECT, INSERT ON ledger_node, ledger_head TO integrity_app;
        GRANT EXECUTE ON FUNCTION ledger_append(json), ledger_erase(bigint, bigint) TO integrity_app;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'integrity_public') THEN
        GRANT SELECT ON ledger_public_leaf, ledger_public_entry, ledger_tombstone, ledger_node, ledger_head TO integrity_public;
    END IF;
END
$body$;
"""
RIGHTS_UNDONE = "SELECT 1"  # the rights go with the views and functions; those on tables go with the tables


class Migration(migrations.Migration):
    """Raise the walls."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("ledger", "0001_initial")]
    operations: ClassVar[list[migrations.RunSQL]] = [
        migrations.RunSQL(REFUSAL, REFUSAL_UNDONE),
        migrations.RunSQL(GUARDS, GUARDS_UNDONE),
        migrations.RunSQL(DOORS, DOORS_UNDONE),
        migrations.RunSQL(RIGHTS, RIGHTS_UNDONE),
    ]
