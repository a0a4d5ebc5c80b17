"""Complaints accepted as simple (简易事项), and the day one turned out to be ordinary."""

from django.db import migrations, models
from django.db.models import Q

KEPT = """
CREATE FUNCTION records_check_complaint_procedure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ordinary_on IS NOT NULL AND NEW.ordinary_on IS DISTINCT FROM OLD.ordinary_on THEN
        RAISE EXCEPTION 'a simple case becomes ordinary once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_ordinary_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaint_procedure BEFORE UPDATE OF ordinary_on ON records_complaint
    FOR EACH ROW EXECUTE FUNCTION records_check_complaint_procedure();
ALTER TABLE records_complaint ENABLE ALWAYS TRIGGER complaint_procedure;
"""
KEPT_BACK = """
DROP TRIGGER complaint_procedure ON records_complaint;
DROP FUNCTION records_check_complaint_procedure();
"""


class Migration(migrations.Migration):
    """Add the two columns and what holds them."""

    dependencies = [("records", "0018_promise_payments")]
    operations = [
        migrations.AddField("complaint", "is_simple", models.BooleanField(default=False)),
        migrations.AddField("complaint", "ordinary_on", models.DateField(null=True)),
        migrations.AddConstraint(
            "complaint",
            models.CheckConstraint(
                name="complaint_simple_where_it_may_be",
                condition=Q(is_simple=False) | Q(ordinary_on=None) & ~Q(kind="sme_payment") & ~Q(channel="PETITION"),
            ),
        ),
        migrations.RunSQL(KEPT, KEPT_BACK),
    ]
