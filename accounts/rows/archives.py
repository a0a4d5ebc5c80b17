"""Archives, honours, credit checks and what a subject sees of himself."""

from accounts.access import Row

ROWS: tuple[Row, ...] = ()
