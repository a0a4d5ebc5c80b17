"""What a reporter takes back by his receipt waits in a table of its own for the night, walled like his rating."""

from django.db import migrations

TABLE = "records_complaintwithdrawal"
NOBODY = "coalesce(current_setting('records.reader', true), '') = ''"
OF_CASE = f"{NOBODY} OR EXISTS (SELECT FROM records_complaint held WHERE held.id = complaint_id)"
WALLS = (
    f"SELECT ledger_freeze('{TABLE}');"
    f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;"
    f"CREATE POLICY not_for_the_accused ON {TABLE} USING ({OF_CASE}) WITH CHECK (true);"
)
WALLS_BACK = (
    f"DROP POLICY not_for_the_accused ON {TABLE};"
    f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;"
    f"SELECT ledger_thaw('{TABLE}');"
)


class Migration(migrations.Migration):
    """Add the table and its walls."""

    dependencies = [("records", "0021_complaint_readers"), ("ledger", "0002_walls")]
    operations = [
        migrations.RunSQL(WALLS, WALLS_BACK),
    ]
