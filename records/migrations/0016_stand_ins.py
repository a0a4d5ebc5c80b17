"""The walls that ask whether a person holds a role take a grant lent to him for one (委托代办)."""

from django.db import migrations

WALLS = (
    "records_check_repair_hands",
    "records_check_complaint_hands",
    "records_objection_person",
)
OWN, LENT = "accounts_rolegrant", "accounts_heldrole"


def restated(old: str, new: str) -> str:
    """Give the statement that writes each wall anew with the other source of roles."""
    return "DO $do$ BEGIN\n" + "".join(
        f"EXECUTE replace(pg_get_functiondef('{wall}'::regproc), '{old} held', '{new} held');\n" for wall in WALLS
    ) + "END $do$;"


class Migration(migrations.Migration):
    """Restate the walls."""

    dependencies = [("records", "0014_duties"), ("accounts", "0003_delegation")]
    operations = [migrations.RunSQL(restated(OWN, LENT), restated(LENT, OWN))]
