"""Keep the table of common pairs of characters: counted from a sample, by a task, outside every act."""

from collections.abc import Iterable

from django.db import connections, transaction

from disclosure.search import plan, text

SAMPLE_ROWS = 20_000

COUNT = """
WITH sample AS (SELECT grams FROM disclosure_document TABLESAMPLE SYSTEM (%s) WHERE ended_on IS NULL LIMIT %s),
     size AS (SELECT count(*) AS documents FROM sample)
INSERT INTO disclosure_frequency (gram, per_million)
SELECT gram, (count(*) * 1000000 / size.documents)::int
  FROM sample CROSS JOIN unnest(sample.grams) AS gram CROSS JOIN size
 GROUP BY gram, size.documents
HAVING count(*) * 1000000 / size.documents >= %s
"""


def recount() -> int:
    """
    This will replace the table by a fresh count over a sample of at most 20,000 documents and give its number of rows.

    Readers keep the former table until the new one is committed.
    """
    with transaction.atomic("default"), connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('disclosure.frequencies'))")
        cursor.execute("SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'disclosure_document'::regclass")
        share = min(100.0, 200.0 * SAMPLE_ROWS / cursor.fetchone()[0])
        cursor.execute("DELETE FROM disclosure_frequency")
        cursor.execute(COUNT, [share, SAMPLE_ROWS, plan.RARE_PER_MILLION])
        return int(cursor.rowcount)


def of_terms(terms: Iterable[str], *, alias: str) -> tuple[dict[str, int], float]:
    """This will give the kept frequencies of the words' pairs (documents in a million) and the estimated size of the table."""
    wanted = sorted({gram for term in terms for gram in text.grams_of_term(term)})
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT gram, per_million FROM disclosure_frequency WHERE gram = ANY(%s)"
            " UNION ALL SELECT '', reltuples::int FROM pg_class WHERE oid = 'disclosure_document'::regclass",
            [wanted],
        )
        found = dict(cursor.fetchall())
    return found, max(float(found.pop("", 0)), 1.0)
