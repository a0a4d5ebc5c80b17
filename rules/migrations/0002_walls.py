"""Rows of this room end and are never deleted; what was signed, used or moved is never even changed."""

from django.db import migrations

KEPT = [
    "rules_calendarday",
    "rules_code",
    "rules_deadline",
    "rules_disciplineperiod",
    "rules_disclosurepolicy",
    "rules_parameter",
    "rules_proposal",
    "rules_schemeofsource",
    "rules_suspension",
]
FROZEN = ["rules_deadlinemove", "rules_hand", "rules_repeat", "rules_signature"]
FORWARD = "".join(f"SELECT ledger_keep('{table}');\n" for table in KEPT)
FORWARD += "".join(f"SELECT ledger_freeze('{table}');\n" for table in FROZEN)
BACKWARD = "".join(f"SELECT ledger_release('{table}');\n" for table in KEPT)
BACKWARD += "".join(f"SELECT ledger_thaw('{table}');\n" for table in FROZEN)


class Migration(migrations.Migration):
    """Raise the walls."""

    dependencies = [("rules", "0001_initial"), ("ledger", "0002_walls")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
