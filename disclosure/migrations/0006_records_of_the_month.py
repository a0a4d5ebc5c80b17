"""Count records alone in the months of the front page: promises and notices are shown beside them."""

from django.db import migrations

VIEW = """
CREATE OR REPLACE VIEW disclosure_month AS
SELECT month, sum(shown)::int AS shown, sum(ended)::int AS ended
  FROM (SELECT date_trunc('month', visible_from)::date AS month, 1 AS shown, 0 AS ended FROM disclosure_document
         WHERE visible_from > disclosure_day() - 400 AND kind = 'dishonesty'
        UNION ALL
        SELECT date_trunc('month', ended_on)::date, 0, 1 FROM disclosure_document
         WHERE ended_on > disclosure_day() - 400 AND kind = 'dishonesty') AS turns
 GROUP BY month;
"""
FORMER = VIEW.replace(" AND kind = 'dishonesty'", "")


class Migration(migrations.Migration):
    """Narrow the view."""

    dependencies = [("disclosure", "0005_ended_by_the_court")]
    operations = [migrations.RunSQL(VIEW, FORMER)]
