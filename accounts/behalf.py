"""Acting for somebody else (委托代办): who lent what to whom, and how the log names the one acted for."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from accounts.models.role import RoleGrant
from accounts.models.user import User
from ledger import acts
from ledger.models import Entry

REFERENCE = "accounts.behalf"


def lenders(grants: Iterable[RoleGrant], *, person_id: UUID | None) -> list[User]:
    """This will give the accounts of those who lent some of these grants; one query, and none where nothing is lent."""
    lent = {grant.person_id for grant in grants if grant.person_id != person_id}
    if not lent:
        return []
    accounts = User.objects.filter(person_id__in=lent).order_by("person_id", "-is_active", "username")
    return list(accounts.distinct("person_id"))


def name(person_id: UUID | None) -> None:
    """This will write into the entry of the open act for whom it was done."""
    if person_id is not None:
        acts.current().refer(name=REFERENCE, key=str(person_id), digest="")


def of(entry: Entry) -> UUID | None:
    """This will give the person an entry's act was done for, or None."""
    return next((UUID(ref["key"]) for ref in entry.refs if ref["name"] == REFERENCE), None)
