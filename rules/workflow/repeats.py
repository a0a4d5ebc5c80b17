"""The same request twice: the second gets the first result and writes nothing (domain 4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from ledger.actors import Actor
from ledger.refusals import Conflict
from rules.models import Repeat
from rules.references import reference

T = TypeVar("T")


class Repeated(Exception):
    """This request was performed before; ``obj`` is the object as it stands. It undoes the open act and is no refusal."""

    def __init__(self, obj: Any) -> None:
        super().__init__("performed before")
        self.obj = obj


def first_result(service: Callable[..., T]) -> Callable[..., T]:
    """This will make a service that opens its own act give the first result when the same request key comes again."""

    @wraps(service)
    def once(*args: Any, **facts: Any) -> T:
        try:
            return service(*args, **facts)
        except Repeated as again:
            found: T = again.obj
            return found

    return once


def refuse_repeat(*, actor: Actor, obj: models.Model, action: str, request_key: str) -> None:
    """
    This will stop a request that was performed before.

    :raises Repeated: the same key did the same act on the same object
    :raises Conflict: the key was used for something else
    """
    if not request_key:
        return
    held = Repeat.objects.filter(person=actor.person_id, request_key=request_key).first()
    if held is None:
        return
    if (held.object_type, held.object_id, held.action) == (*reference(obj), action):
        raise Repeated(obj)
    raise Conflict(_("这个请求编号已经用于另一件事，请刷新页面后再办"))


def remember(*, actor: Actor, obj: models.Model, action: str, request_key: str, now: datetime) -> None:
    """This will keep the key of a performed request inside the open act."""
    if request_key:
        Repeat(
            person_id=actor.person_id,
            request_key=request_key,
            action=action,
            **reference(obj)._asdict(),
            version=getattr(obj, "version", 0),
            at=now,
        ).save()
