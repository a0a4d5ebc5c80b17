"""Signing in and out: password and second factor in one step, one answer for every way of being wrong."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import SecondFactor, User
from accounts.services import second_factors, throttling
from ledger.actors import SYSTEM
from ledger.acts import act
from ledger.refusals import Refused


class WrongCredentials(Refused):
    """Name, password or code are wrong; which of them is not told."""

    status = 401
    code = "wrong_credentials"


@dataclass(frozen=True)
class SignedIn:
    """Who may go in, and the factor he showed, where he has one."""

    user: User
    factor: SecondFactor | None


def sign_in(*, username: str, password: str, token: str, network: str, now: datetime) -> SignedIn:
    """Check name, password and code; this will count a wrong try, and write an entry where the account exists.

    :raises WrongCredentials: saying how many tries are left. :raises Paused: while the pair of account and network rests.
    """
    throttling.check(username=username, network=network, now=now)
    user = _known(username, password)
    if user is not None:
        found = _pass(user, token, network, now)
        if found is not None:
            return found
    raise _failure(username, network, now)


def sign_in_demo(*, user: User, now: datetime) -> SignedIn:
    """Let a newcomer take the role of a demo account; whoever calls it has made sure that this is the demo."""
    with act(kind="accounts.switch_demo_account", actor=user, role="", obj=user, now=now):
        return SignedIn(user, None)


def sign_out(*, actor: User, now: datetime) -> None:
    """Write that the account signed out."""
    with act(kind="accounts.sign_out", actor=actor, role="", obj=actor, now=now):
        pass


def _known(username: str, password: str) -> User | None:
    user = User.objects.select_related("person").filter(username=username.strip().lower()).first()
    if user is None:
        make_password(password)  # as long as a check takes, so that time does not tell which accounts exist
        return None
    return user if user.check_password(password) and user.is_active else None


def _pass(user: User, token: str, network: str, now: datetime) -> SignedIn | None:
    factor = SecondFactor.objects.filter(user=user, confirmed=True).first()
    with transaction.atomic():
        if factor is not None and not second_factors.verify(factor, user=user, token=token, now=now):
            return None
    with act(kind="accounts.sign_in", actor=user, role="", obj=user, now=now):
        throttling.succeeded(username=user.username, network=network)
    return SignedIn(user, factor)


def _failure(username: str, network: str, now: datetime) -> Refused:
    with transaction.atomic():
        count = throttling.failed(username=username, network=network, now=now)
    user = User.objects.filter(username=username.strip().lower()).first()
    if user is not None:
        with act(kind="accounts.sign_in_failed", actor=SYSTEM, role="", obj=user, now=now):
            pass
    if count.left:
        values = {"left": count.left, "minutes": count.minutes}
        return WrongCredentials(_("账号、口令或动态口令不对。再错 %(left)d 次，将暂停 %(minutes)d 分钟。") % values)
    return throttling.Paused(_("账号、口令或动态口令不对。已暂停登录 %(minutes)d 分钟。") % {"minutes": count.minutes})
