"""A deadline may count another number of days than its rule, where the act itself set it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("rules", "0003_describe_details"),
    ]

    operations = [
        migrations.AddField(
            model_name='deadline',
            name='amount',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='本件天数'),
        ),
    ]
