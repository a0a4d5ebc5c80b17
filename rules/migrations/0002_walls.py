"""What was signed stays signed: hands, signatures, used request keys and moves of deadlines are never changed."""

from django.db import migrations

KEPT = ("rules_hand", "rules_signature", "rules_repeat", "rules_deadlinemove")

FORWARD = """
CREATE FUNCTION rules_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER rules_keep_row BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION rules_keep();
CREATE TRIGGER rules_keep_table BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION rules_keep();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'integrity_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM integrity_app;
    END IF;
END $$;
"""
    for table in KEPT
)
BACKWARD = (
    "".join(
        f"""
DROP TRIGGER rules_keep_row ON {table};
DROP TRIGGER rules_keep_table ON {table};
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'integrity_app') THEN
        GRANT UPDATE ON {table} TO integrity_app;
    END IF;
END $$;
"""
        for table in KEPT
    )
    + "DROP FUNCTION rules_keep();"
)


class Migration(migrations.Migration):
    """Close the tables in which four eyes are kept."""

    dependencies = [("rules", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
