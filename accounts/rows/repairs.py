"""Credit repair, by the subject and by those who decide it."""

from accounts.access import Row

ROWS: tuple[Row, ...] = ()
