"""What a record in force sets going: situation reports, rectification, sanctions, accountability, mitigation."""

from accounts.access import Row

ROWS: tuple[Row, ...] = ()
