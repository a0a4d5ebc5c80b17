"""A document may also be taken off the site while an objection is open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Let `suspended` be a kind of end; going back is refused by the table itself while a document is suspended."""

    dependencies = [
        ("disclosure", "0006_records_of_the_month"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='document',
            name='document_ended_is_empty',
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('ended_kind', ''), models.Q(('body', ''), _negated=True)), models.Q(('ended_kind__in', ['withdrawn', 'expired', 'repaired', 'stopped', 'delisted', 'suspended']), ('ended_on__isnull', False), ('body', ''), ('department_name', ''), ('department_uscc', ''), ('haystack', ''), ('number', ''), ('title', ''), ('ancestors__len', 0), ('areas__len', 0), ('division_code', ''), ('grams__len', 0), ('severity', ''), ('source_type', ''), ('decided_on', None)), _connector='OR'), name='document_ended_is_empty'),
        ),
    ]
