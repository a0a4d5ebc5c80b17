"""An officer of an objection may act with a grant lent to him."""

from django.db import migrations

HOLDERS = """
DO $do$
BEGIN
    EXECUTE replace(
        pg_get_functiondef('records_objection_person'::regproc), '{old} held', '{new} held'
    );
END $do$;
"""
OWN, LENT = "accounts_rolegrant", "accounts_heldrole"


class Migration(migrations.Migration):
    """Link an objection to the repair it is about, and let its walls know lent grants."""

    dependencies = [
        ("accounts", "0003_delegation"),
        ("records", "0016_stand_ins"),
    ]

    operations = [
        migrations.RunSQL(HOLDERS.format(old=OWN, new=LENT), HOLDERS.format(old=LENT, new=OWN)),
    ]
