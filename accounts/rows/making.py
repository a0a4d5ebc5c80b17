"""How a row of the access policy is written, and the sets of roles several rooms name."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.access import ANYWHERE, PLACE, Row

ALL_ROLES = frozenset(roles.NAMES)
CASEWORK = frozenset({"clerk", "reviewer", "head", "approver", "appeals", "supervisor"})
OFFICIALS_READERS = frozenset({"personnel", "clerk", "reviewer", "head", "approver", "handler"})
REVEALERS = frozenset({"personnel", "head", "approver"})
OPEN = _("面向公众，任何人都可以看")


def page(name: str, audience: Iterable[str], rule: str | Promise, scope: str = ANYWHERE) -> Row:
    """Make a row for an address of a page."""
    return Row(name, frozenset(audience), rule, scope, "page")


def api(name: str, audience: Iterable[str], rule: str | Promise, scope: str = ANYWHERE) -> Row:
    """Make a row for an address of the API; clients by `client:<scope>`."""
    return Row(name, frozenset(audience), rule, scope, "api")


def data(name: str, audience: Iterable[str], rule: str | Promise, scope: str = PLACE) -> Row:
    """Make a row for a class of data or an act that has no address of its own."""
    return Row(name, frozenset(audience), rule, scope, "data")
