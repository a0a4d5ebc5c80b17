"""A document may also end because its disclosure was stopped on an objection."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Let `stopped` be a kind of end."""

    dependencies = [
        ("disclosure", "0003_kept_rows"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='document',
            name='document_ended_is_empty',
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('ended_kind', ''), models.Q(('body', ''), _negated=True)), models.Q(('ended_kind__in', ['withdrawn', 'expired', 'repaired', 'stopped']), ('ended_on__isnull', False), ('body', ''), ('department_name', ''), ('department_uscc', ''), ('haystack', ''), ('number', ''), ('title', ''), ('ancestors__len', 0), ('areas__len', 0), ('division_code', ''), ('grams__len', 0), ('severity', ''), ('source_type', ''), ('decided_on', None)), _connector='OR'), name='document_ended_is_empty'),
        ),
    ]
