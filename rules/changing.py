"""The credit lead office changes a number: a new dated row, the old one kept, with who, when and why in the log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.services.permission import permitted
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid, Missing
from rules import codes, loading
from rules.clock import local_day
from rules.models import Mark, Origin, Parameter, Unit

PERMISSION = "rules:change_parameter"
COUNTED = (Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS, Unit.YEARS, Unit.MINUTES, Unit.TIMES)
MOST = 10_000


def is_editable(row: Parameter) -> bool:
    """This will say whether a page can change the parameter: numbers, switches and choices, not lists or texts."""
    return row.unit in (*COUNTED, Unit.SWITCH, Unit.CHOICE)


def change(
    *,
    actor: Actor,
    key: str,
    profile: str,
    value: Any,
    valid_from: date,
    source: str,
    reason: str,
    now: datetime,
) -> Parameter:
    """
    This will let a parameter have another value from a day on, as a new row written by the office.

    A value with a named source may be shown as resting on it; one without is shown as the platform's own. Records and
    deadlines of earlier days keep the value of their day.

    :raises NotAllowed: the policy does not let the actor
    :raises Missing: no such parameter in this profile
    :raises Invalid: the value does not fit the unit, the day lies in the past or is taken, or no reason is given
    :raises Conflict: the value already holds on that day
    """
    with permitted(kind="rules.change_parameter", actor=actor, name=PERMISSION, now=now, reason=reason) as opened:
        history = Parameter.objects.filter(key=key, profile=profile).order_by("-valid_from")
        held = history.on(valid_from).first()
        if held is None or not is_editable(held):
            raise Missing(_("没有可以修改的参数“%(key)s”") % {"key": key})
        _check(held, value, valid_from, reason, local_day(now))
        if history.filter(valid_from=valid_from).exists():
            raise Invalid(_("这一天已有一次修改，请换一天"), field="valid_from")
        if held.value == value:
            raise Conflict(_("这个值在那一天已经有效，没有要改的"))
        row = Parameter(
            key=key, profile=profile, label=held.label, value=value, unit=held.unit, holder=held.holder,
            valid_from=valid_from, source=source.strip()[:200], mark=Mark.SOURCE if source.strip() else Mark.DESIGN,
            note=reason.strip()[:400], origin=Origin.OFFICE,
        )  # fmt: skip
        loading.write([row])
        opened.about(row)
    return row


def _check(held: Parameter, value: Any, valid_from: date, reason: str, today: date) -> None:
    if valid_from < today:
        raise Invalid(_("生效日不能早于今天：过去的期限不改"), field="valid_from")
    if not reason.strip():
        raise Invalid(_("请写明理由"), field="reason")
    if held.unit == Unit.CHOICE:
        if not isinstance(value, str) or codes.find(held.list_name, value, valid_from) is None:
            raise Invalid(_("请从列出的选项中选一项"), field="value")
    elif not _fits(held.unit, value):
        raise Invalid(_("请填 0 至 %(most)d 的整数") % {"most": MOST}, field="value")


def _fits(unit: str, value: Any) -> bool:
    if unit == Unit.SWITCH or isinstance(value, bool):
        return unit == Unit.SWITCH and isinstance(value, bool)
    return isinstance(value, int) and 0 <= value <= MOST
