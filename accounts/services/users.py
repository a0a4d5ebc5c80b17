"""Accounts: opening, switching off and on, and their passwords."""

import re
import secrets
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Official, Person, User
from accounts.services import persons
from accounts.services.permission import permitted
from ledger.actors import Actor
from ledger.acts import act
from ledger.refusals import Conflict, Invalid

_USERNAME = re.compile(r"[a-z][a-z0-9.-]{2,63}")


def open_account(
    *, actor: Actor, person: Person, username: str, password: str, now: datetime, is_demo: bool = False
) -> User:
    """Open an account for a person; rights hang on the person's grants, so a second account opens nothing more.

    :raises Invalid: where name or password are not acceptable. :raises Conflict: where the name is taken.
    """
    with permitted(kind="accounts.open_account", actor=actor, name="people:register_user", now=now) as opened:
        if not _USERNAME.fullmatch(username):
            raise Invalid(_("账号用 3 至 64 个小写字母、数字、点或连字符，以字母开头"), field="username")
        if User.objects.filter(username=username).exists():
            raise Conflict(_("这个账号已经有人使用"), field="username")
        user = User(username=username, person=person, is_demo=is_demo)
        user.set_password(_clean_password(password, user))
        user.save()
        opened.about(user)
    return user


def open_account_for(
    *, actor: Actor, official: Official | None, name: str, username: str, password: str, now: datetime
) -> User:
    """Open an account for an official on file, or for somebody from outside, who is registered as a person first.

    :raises Invalid: as `open_account`, or where the name is not acceptable.
    """
    with permitted(kind="accounts.open_account_for", actor=actor, name="people:register_user", now=now):
        person = official.person if official else persons.register(actor=actor, name=name, now=now, role="secadmin")
        return open_account(actor=actor, person=person, username=username, password=password, now=now)


def switch(*, actor: Actor, user: User, active: bool, now: datetime) -> User:
    """Switch an account off or on; off ends its sessions with the next request.

    :raises Conflict: where it is so already, or for one's own account.
    """
    with permitted(kind="accounts.switch_account", actor=actor, name="people:switch_user", obj=user, now=now):
        if user.is_active == active:
            raise Conflict(_("账号已经是这个状态"))
        if user.person_id == actor.person_id:
            raise Conflict(_("不能停用自己的账号"))
        user.is_active = active
        user.save()
    return user


def reset_password(*, actor: Actor, user: User, now: datetime) -> str:
    """Give an account a new random password and return it; this is the one time it can be shown. Its sessions end."""
    with permitted(kind="accounts.reset_password", actor=actor, name="people:reset_password", obj=user, now=now):
        password = secrets.token_urlsafe(12)
        user.set_password(password)
        user.save()
    return password


def change_password(*, actor: User, current: str, new: str, now: datetime) -> User:
    """Change one's own password; other sessions of the account end.

    :raises Invalid: where the current one is wrong or the new one too weak.
    """
    with act(kind="accounts.change_password", actor=actor, role="", obj=actor, now=now):
        if not actor.check_password(current):
            raise Invalid(_("当前口令不对"), field="current")
        actor.set_password(_clean_password(new, actor))
        actor.save()
    return actor


def _clean_password(password: str, user: User) -> str:
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise Invalid(" ".join(fault.messages), field="new") from fault
    return password
