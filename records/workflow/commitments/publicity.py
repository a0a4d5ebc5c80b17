"""What stands before a promise is shown: its mode, the text scan, and the last day it is kept on the public site."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from ledger.refusals import Conflict, Refused
from records.models import Commitment, DisclosureMode
from records.workflow.commitments.promise import LABELS
from records.workflow.names import names_of_promise
from records.workflow.publicity import Found
from rules import parameters, scan
from rules.calendar import add_months
from rules.workflow import GuardContext

SCANNED = ("title", "content", "to_whom", "measure", "document_name", "verdict_note", "change_reason")
SHOWN = (DisclosureMode.PROACTIVE, DisclosureMode.ON_REQUEST)


def hits(promise: Commitment) -> list[Found]:
    """Return every hit of the text scan in what would be shown; an on-request promise shows its title alone."""
    names = names_of_promise(promise)
    return [
        Found(field, str(LABELS.get(field, _("公开的说明"))), hit.kind, hit.start, hit.end, hit.text, hit.sentence)
        for field, text in _shown(promise)
        for hit in scan.find(text, names=names)
    ]


def _shown(promise: Commitment) -> list[tuple[str, str]]:
    if promise.disclosure_mode != DisclosureMode.PROACTIVE:
        return [("title", promise.title)]
    steps = promise.milestones.filter(removed_on=None).order_by("place")
    return [
        *((field, getattr(promise, field)) for field in SCANNED),
        *(("milestones", title) for title in steps.values_list("title", flat=True)),
    ]


def unfit(promise: Commitment, words: str, *, field: str) -> Refused | None:
    """Return the refusal of words the public page would print while they hold what must not be public, or None."""
    if promise.disclosure_mode != DisclosureMode.PROACTIVE:
        return None
    for hit in scan.find(words, names=names_of_promise(promise)):
        return Conflict(_("这段话会公开，其中有不得公开的内容：%s，请改写") % hit.text, field=field)
    return None


def last_day(promise: Commitment, *, today: date) -> date:
    """Return the last day a promise is shown: some months after it is due, or after it came to its end."""
    months = int(parameters.value("commitment.public_after_months", on=today))
    ends = [day for day in (promise.due_on, promise.ended_on, today) if day is not None]
    return add_months(max(ends), months)


def may_be_shown(ctx: GuardContext) -> str | None:
    """Keep what is withheld from the public."""
    return None if ctx.obj.disclosure_mode in SHOWN else _("这项承诺不予公开")


def not_shown_yet(ctx: GuardContext) -> str | None:
    """Publish once; later versions follow by themselves."""
    return _("这项承诺已经公开") if ctx.obj.public_from else None


def scan_is_answered(ctx: GuardContext) -> Refused | None:
    """Refuse while the text holds what must not be public, unless somebody says why the hits are false ones."""
    if ctx.offering or str(ctx.changes.get("publication_reason", "")).strip():
        return None
    found = hits(ctx.obj)
    if not found:
        return None
    told = "、".join(f"{hit.label}：{hit.text}" for hit in found[:5])
    return Conflict(
        _("文字扫描有 %(count)d 处命中，说明为什么不是个人信息之前不能公开（%(told)s）")
        % {"count": len(found), "told": told},
        field="reason",
    )
