"""The access policy: ONE table that says who may open what, with the rule in words.

It is read by the middleware and the API (an address that is not in it is refused), by the code that shows restricted data,
by the page that explains access, and by a test that walks all of it. A name is the view name of an address
(`namespace:name`), or a class of data (`official.phone.reveal`). Add a row when you add an address;
`accounts/rows/` has one module a room.
"""

from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts import access
from accounts.access import Row, Token, Verdict
from accounts.models.user import User
from accounts.rows import (
    archives,
    commitments,
    complaints,
    data,
    disclosure,
    duties,
    exchange,
    notifications,
    objections,
    people,
    records,
    repairs,
    report,
    rules,
    wiring,
)

ROOMS = (
    wiring, report, people, disclosure, exchange, records, commitments, duties, objections, repairs, complaints, archives,
    notifications, rules, data,
)  # fmt: skip
POLICY: MappingProxyType[str, Row] = MappingProxyType({row.name: row for room in ROOMS for row in room.ROWS})
"""Every row by its name."""


def row_of(name: str | None) -> Row | None:
    """Return the row of a view name or class of data; a namespace may have one row for all (`admin:*`)."""
    if not name:
        return None
    return POLICY.get(name) or POLICY.get(f"{name.rpartition(':')[0]}:*")


def allows(
    *, user: User | AnonymousUser | None, name: str, now: datetime, client: Token | None = None, **place: Any
) -> Verdict:
    """Say whether the user or the API client may open `name`; `place` may hold department, subject_person_id, grants.

    This will refuse whatever has no row.
    """
    row = row_of(name)
    if row is None:
        return Verdict(False, str(_("访问规则里没有这一项，一律不开放")), "")
    return access.judge(row, user=user, now=now, client=client, **place)
