"""Walls in the database: exclusive roles, two persons, dated rows that never overlap, and paths that agree with parents."""

from django.db import migrations

EXCLUSION = """
CREATE FUNCTION accounts_exclude_roles() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE three CONSTANT text[] := ARRAY['sysadmin', 'secadmin', 'auditor'];
BEGIN
    -- Two grants side by side would each see nothing of the other, so one person's grants go one after another.
    PERFORM pg_advisory_xact_lock(hashtextextended('accounts.grant:' || NEW.person_id::text, 0));
    IF EXISTS (
        SELECT FROM accounts_rolegrant held
        WHERE held.person_id = NEW.person_id AND held.id <> NEW.id AND held.role <> NEW.role
          AND (held.role = ANY (three) OR NEW.role = ANY (three))
          AND tstzrange(held.valid_from, held.valid_to) && tstzrange(NEW.valid_from, NEW.valid_to)
    ) THEN
        RAISE EXCEPTION 'role % excludes a role this person holds', NEW.role
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'grant_roles_exclude';
    END IF;
    IF EXISTS (
        SELECT FROM accounts_rolegrant held
        WHERE held.person_id = NEW.person_id AND held.id <> NEW.id AND held.role = NEW.role
          AND held.department_id = NEW.department_id
          AND tstzrange(held.valid_from, held.valid_to) && tstzrange(NEW.valid_from, NEW.valid_to)
    ) THEN
        RAISE EXCEPTION 'this person holds role % there already', NEW.role
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'grant_held_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grant_roles_exclude BEFORE INSERT OR UPDATE ON accounts_rolegrant
    FOR EACH ROW EXECUTE FUNCTION accounts_exclude_roles();
ALTER TABLE accounts_rolegrant ENABLE ALWAYS TRIGGER grant_roles_exclude;

CREATE FUNCTION accounts_grant_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.person_id, NEW.role, NEW.department_id, NEW.valid_from, NEW.granted_by_id, NEW.confirmed_by_id)
       IS DISTINCT FROM
       (OLD.id, OLD.person_id, OLD.role, OLD.department_id, OLD.valid_from, OLD.granted_by_id, OLD.confirmed_by_id)
       OR NEW.valid_to IS NULL AND OLD.valid_to IS NOT NULL
       OR NEW.valid_to > OLD.valid_to
    THEN
        RAISE EXCEPTION 'a grant can only be ended'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grant_only_ends';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grant_only_ends BEFORE UPDATE ON accounts_rolegrant
    FOR EACH ROW EXECUTE FUNCTION accounts_grant_only_ends();
ALTER TABLE accounts_rolegrant ENABLE ALWAYS TRIGGER grant_only_ends;

CREATE FUNCTION accounts_grant_needs_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.granted_by_id IS NULL OR NEW.confirmed_by_id IS NULL)
       AND EXISTS (SELECT FROM accounts_rolegrant WHERE confirmed_by_id IS NOT NULL)
    THEN
        RAISE EXCEPTION 'after the founding, a grant names who asked and who confirmed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grant_needs_two';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grant_needs_two BEFORE INSERT ON accounts_rolegrant
    FOR EACH ROW EXECUTE FUNCTION accounts_grant_needs_two();
ALTER TABLE accounts_rolegrant ENABLE ALWAYS TRIGGER grant_needs_two;
"""
NO_EXCLUSION = """
DROP TRIGGER grant_needs_two ON accounts_rolegrant;
DROP TRIGGER grant_only_ends ON accounts_rolegrant;
DROP TRIGGER grant_roles_exclude ON accounts_rolegrant;
DROP FUNCTION accounts_grant_needs_two();
DROP FUNCTION accounts_grant_only_ends();
DROP FUNCTION accounts_exclude_roles();
"""

# A range of one key stands for equality, so that the constraint needs no extension.
OVERLAPS = """
ALTER TABLE accounts_firstresponsibleperson ADD CONSTRAINT one_head_at_a_time EXCLUDE USING gist (
    int8range(department_id, department_id, '[]') WITH &&, daterange(held_from, held_to) WITH &&);
ALTER TABLE accounts_departmentname ADD CONSTRAINT one_name_at_a_time EXCLUDE USING gist (
    int8range(department_id, department_id, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&);
ALTER TABLE accounts_departmentparent ADD CONSTRAINT one_parent_at_a_time EXCLUDE USING gist (
    int8range(department_id, department_id, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&)
    DEFERRABLE INITIALLY DEFERRED;
"""
NO_OVERLAPS = """
ALTER TABLE accounts_departmentparent DROP CONSTRAINT one_parent_at_a_time;
ALTER TABLE accounts_departmentname DROP CONSTRAINT one_name_at_a_time;
ALTER TABLE accounts_firstresponsibleperson DROP CONSTRAINT one_head_at_a_time;
"""

PATHS = """
CREATE FUNCTION accounts_path_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The row is read again: at the end of the transaction it may differ from the one that queued this check.
    IF EXISTS (
        SELECT FROM accounts_department unit LEFT JOIN accounts_department above ON above.id = unit.parent_id
        WHERE (unit.id = NEW.id OR unit.parent_id = NEW.id)
          AND unit.path <> coalesce(above.path, '/') || unit.id || '/'
    ) THEN
        RAISE EXCEPTION 'path of department % does not agree with its parent', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'department_path_agrees';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER department_path_agrees AFTER INSERT OR UPDATE ON accounts_department
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION accounts_path_agrees();
ALTER TABLE accounts_department ENABLE ALWAYS TRIGGER department_path_agrees;
"""
NO_PATHS = """
DROP TRIGGER department_path_agrees ON accounts_department;
DROP FUNCTION accounts_path_agrees();
"""

# Sessions and tokens are the only rows of this room that are thrown away; everything else ends and stays.
RIGHTS = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'integrity_app') THEN
        GRANT DELETE ON django_session, oauth2_provider_accesstoken, oauth2_provider_refreshtoken,
            oauth2_provider_grant, oauth2_provider_idtoken TO integrity_app;
    END IF;
END $$;
"""
NO_RIGHTS = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'integrity_app') THEN
        REVOKE DELETE ON django_session, oauth2_provider_accesstoken, oauth2_provider_refreshtoken,
            oauth2_provider_grant, oauth2_provider_idtoken FROM integrity_app;
    END IF;
END $$;
"""

# Rows of these tables end; they are never deleted.
KEPT = [
    "accounts_person",
    "accounts_user",
    "accounts_department",
    "accounts_departmentname",
    "accounts_departmentparent",
    "accounts_official",
    "accounts_post",
    "accounts_firstresponsibleperson",
    "accounts_rolegrant",
    "accounts_recusal",
    "accounts_reveal",
    "accounts_adminproposal",
    "accounts_apiclient",
]
KEEP = "".join(f"SELECT ledger_keep('{table}');\n" for table in KEPT)  # noqa: S608  table names are constants above
RELEASE = "".join(f"SELECT ledger_release('{table}');\n" for table in KEPT)  # noqa: S608


class Migration(migrations.Migration):
    """Raise the walls."""

    dependencies = [
        ("accounts", "0001_initial"),
        ("ledger", "0002_walls"),
        ("sessions", "0001_initial"),
        ("oauth2_provider", "0004_auto_20200902_2022"),
    ]
    operations = [
        migrations.RunSQL(EXCLUSION, NO_EXCLUSION),
        migrations.RunSQL(OVERLAPS, NO_OVERLAPS),
        migrations.RunSQL(PATHS, NO_PATHS),
        migrations.RunSQL(RIGHTS, NO_RIGHTS),
        migrations.RunSQL(KEEP, RELEASE),
    ]
