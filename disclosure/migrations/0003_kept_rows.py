"""Public documents end, they are never deleted."""

from django.db import migrations


class Migration(migrations.Migration):
    """Keep the rows."""

    dependencies = [("disclosure", "0002_walls"), ("ledger", "0002_walls")]

    operations = [
        migrations.RunSQL("SELECT ledger_keep('disclosure_document');", "SELECT ledger_release('disclosure_document');")
    ]
