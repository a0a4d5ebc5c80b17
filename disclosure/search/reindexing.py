"""Rebuild the words under which documents are found, after a department was renamed or the form of matching changed."""

from disclosure import canonical, haystacks
from disclosure.models import Document

BATCH = 500


def refresh() -> int:
    """This will rebuild what differs, in batches, and give how many documents that were; no public text is touched."""
    changed = 0
    for row in Document.objects.filter(ended_on=None).iterator(chunk_size=BATCH):
        haystack, grams = haystacks.of(row, canonical.decode(row.body))
        if haystack != row.haystack or grams != row.grams:
            Document.objects.filter(pk=row.pk, version=row.version).update(haystack=haystack, grams=grams)
            changed += 1
    return changed
