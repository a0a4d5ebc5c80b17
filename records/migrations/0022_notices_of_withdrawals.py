"""A correction notice may rest on the withdrawal of a record by two approvers, beside an upheld objection."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Let a notice name the record withdrawn instead of a decision; it rests on exactly one of the two."""

    dependencies = [
        ("records", "0021_complaint_readers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="correctionnotice",
            name="decision",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notice",
                to="records.objectiondecision",
            ),
        ),
        migrations.AddField(
            model_name="correctionnotice",
            name="withdrawn",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="correction_notice",
                to="records.dishonestyrecord",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionnotice",
            constraint=models.CheckConstraint(
                condition=Q(decision__isnull=False, withdrawn=None) | Q(decision=None, withdrawn__isnull=False),
                name="correction_notice_rests_on_one",
            ),
        ),
    ]
