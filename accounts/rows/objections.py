"""Objections, by the subject and by those who handle them."""

from accounts.access import Row

ROWS: tuple[Row, ...] = ()
