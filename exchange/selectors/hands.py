"""How many deliveries need a hand, for the navigation."""

from __future__ import annotations

from datetime import datetime

from accounts.models import RoleGrant, User
from exchange.models import Delivery


def count(user: User, grants: list[RoleGrant], now: datetime) -> int:
    """This will count the stopped and refused deliveries within the user's reach."""
    return Delivery.objects.visible_to(user, now, grants=grants).needing_a_hand().count()
