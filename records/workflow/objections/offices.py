"""Which credit lead office stands above another: it reviews, and takes over what was not decided in time."""

from __future__ import annotations

from accounts.models import Department


def superior(office: Department) -> Department | None:
    """Return the credit lead office of the next government above that has one, or None at the top of the tree."""
    government = office.parent
    above = government.parent if government is not None else None
    found = above.credit_lead() if above is not None else None
    return None if found is None or found.pk == office.pk else found
