"""Complaints: the public form, the receipt, and those who handle them."""

from accounts.access import Row

ROWS: tuple[Row, ...] = ()
