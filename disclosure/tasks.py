"""What the disclosure room does by the clock; nothing that anyone may or may not see depends on it."""

from celery import shared_task

from disclosure.search import frequencies, reindexing


@shared_task
def count_frequencies() -> int:
    """Count anew how common each pair of characters is; beat runs this every hour. It gives the number of kept pairs."""
    return frequencies.recount()


@shared_task
def refresh_search() -> int:
    """Take renamed departments into the search; beat runs this every night. It gives the number of documents rebuilt."""
    return reindexing.refresh()
