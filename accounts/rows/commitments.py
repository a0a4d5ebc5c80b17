"""Commitments and their details."""

from accounts.access import Row

ROWS: tuple[Row, ...] = ()
