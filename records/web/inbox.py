"""The start page: what waits for me by working days left, my drafts, and what waits for others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts import policy, wording
from accounts.models import User
from accounts.selectors.demo import demo_accounts
from records.selectors import inbox
from records.selectors.inbox import Waiting
from records.web.cases.hands import PARTS
from records.web.pages import StaffRequest
from rules import calendar, clock
from rules.models import Hand

SHOWN = 100
FEW = 5


class Inbox(TemplateView):
    """What one person has to do; ``?list=`` shows one of the other lists in full."""

    request: StaffRequest
    template_name = "staff/records/inbox.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will gather the lists, each counted the way it is shown."""
        now, user = clock.now(), self.request.user
        held = inbox.inbox(user=user, now=now)
        may_file = policy.allows(user=user, name="records:new", now=now).allowed
        lists = _lists(held)
        chosen = self.request.GET.get("list", "mine")
        chosen = chosen if chosen in lists else "mine"
        label, items = lists[chosen]
        context = {
            "summary": summary(held, now),
            "calendar_alert": calendar.alert(clock.local_day(now)),
            "heading": label,
            "rows": rows(items[:SHOWN]),
            "total": len(items),
            "is_mine": chosen == "mine",
            "chips": chips(lists, chosen),
            "may_file": may_file,
            "drafts": [draft(each) for each in held.drafts[:FEW]],
            "more_drafts": len(held.drafts) > FEW,
            "others": [other(each) for each in held.others[:FEW]],
            "others_total": len(held.others),
            "demo_accounts": demo(user, now) if settings.DEMO and chosen == "mine" else [],
            **empty(chosen, may_file),
        }
        return super().get_context_data(**context, **more)


def _lists(held: inbox.Inbox) -> dict[str, tuple[str, list[Waiting]]]:
    """The lists by their key in the address, in the order of the chips."""
    return {
        "mine": (_("在我这里"), held.mine),
        "returned": (_("退回我的"), held.returned),
        "drafts": (_("草稿"), held.drafts),
        "others": (_("等别人"), held.others),
        "done": (_("本周经手"), held.done),
    }


def summary(held: inbox.Inbox, now: datetime) -> str:
    """This will say in a sentence how much there is, and what day it is."""
    counted = ((_("%d 件逾期"), held.overdue), (_("%d 件今天到期"), held.due_today), (_("%d 件暂停计时"), held.paused))
    parts = [words % count for words, count in counted if count]
    said = _("%d 件在您这里") % len(held.mine) + ("：" + "，".join(parts) if parts else "")
    day = clock.local_day(now)
    kind = _("工作日") if calendar.is_workday(day) else _("不是工作日")
    return f"{said}。{wording.day(day)} {wording.weekday(day)}，{kind}。"


def chips(lists: dict[str, tuple[str, list[Waiting]]], chosen: str) -> list[dict[str, Any]]:
    """This will give the lists one may switch to, each with its count."""
    start = reverse("records:inbox")
    return [
        {"label": label, "count": len(items), "url": start if key == "mine" else f"{start}?list={key}",
         "is_current": key == chosen}
        for key, (label, items) in lists.items()
    ]  # fmt: skip


def rows(items: list[Waiting]) -> list[dict[str, Any]]:
    """This will give things to do as the table prints them."""
    steps = last_steps(items)
    return [
        {
            "kind": each.kind,
            "state": each.case.state,
            "title": each.kind.title(each.case),
            "number": each.kind.number(each.case),
            "second": each.kind.second(each.case),
            "url": each.kind.address(each.case),
            "act_url": _act_url(each),
            "verb": each.task,
            "left": each.days_left,
            "due_on": each.due_on,
            "paused": _("计时暂停中") if each.paused else "",
            "last_step": steps.get((each.kind.name, str(each.case.pk)), ""),
        }
        for each in items
    ]


def _act_url(each: Waiting) -> str:
    if each.edits and each.kind.edit_page:
        return reverse(each.kind.edit_page, args=[each.case.pk])
    return each.kind.address(each.case) + "#act"


def last_steps(items: Iterable[Waiting]) -> dict[tuple[str, str], str]:
    """This will say who laid the last hand on each case and when, in one query a kind."""
    by_kind: dict[str, list[Waiting]] = {}
    for each in items:
        by_kind.setdefault(each.kind.name, []).append(each)
    told: dict[tuple[str, str], str] = {}
    for name, rows_of in by_kind.items():
        if rows_of[0].kind.is_sealed:
            continue  # who works on it is nobody else's business
        held = (
            Hand.objects.filter(
                object_type=rows_of[0].kind.machine.model._meta.label_lower,
                object_id__in=[str(each.case.pk) for each in rows_of],
            )
            .select_related("person")
            .order_by("object_id", "-at")
            .distinct("object_id")
        )
        told |= {(name, hand.object_id): _step(hand) for hand in held}
    return told


def _step(hand: Hand) -> str:
    return _("%(who)s %(when)s%(part)s") % {
        "who": hand.person.name,
        "when": wording.moment_short(hand.at),
        "part": PARTS.get(hand.part, hand.part),
    }


def draft(each: Waiting) -> dict[str, str]:
    """This will give one draft with the days left."""
    note = each.kind.number(each.case)
    if saved := getattr(each.case, "edited_on", None):
        note = _("%(day)s保存，%(number)s") % {"day": wording.day_plain(saved), "number": note}
    if each.days_left is not None:
        note += _("；报送%(left)s") % {"left": wording.working_days(each.days_left)}
    return {"title": each.kind.title(each.case), "url": _act_url(each), "note": note}


def other(each: Waiting) -> dict[str, str]:
    """This will give one thing that waits for somebody else: who holds it, until when."""
    note = _("在%(holder)s手里") % {"holder": each.holder} if each.holder else ""
    until = wording.working_days(each.days_left)
    return {
        "title": each.kind.title(each.case),
        "url": each.kind.address(each.case),
        "note": "，".join(filter(None, (note, until))),
    }


def empty(chosen: str, may_file: bool) -> dict[str, str]:
    """This will say why the list is empty and what one can do."""
    told = {
        "mine": (_("没有等您办的事"), _("新的事项会按剩余工作日排在这里。")),
        "returned": (_("没有退回您的记录"), _("被退回的记录会连同理由出现在这里。")),
        "drafts": (_("没有草稿"), _("登记时点“存草稿”，随时可以接着填。")),
        "others": (_("没有等别人的事"), _("您经手的事都已办结，或者都在您这里。")),
        "done": (_("本周还没有经手的事"), _("从周一起，您经手过的记录会列在这里。")),
    }
    title, text = told[chosen]
    way = ("records:new", _("登记失信记录")) if may_file else ("records:list", _("看失信记录"))
    return {"empty_title": title, "empty_text": text, "empty_url": reverse(way[0]), "empty_action": way[1]}


def demo(user: User, now: datetime) -> list[dict[str, Any]]:
    """This will list the demo accounts for the one-click change of role; demo settings only."""
    return [
        {"name": each.person, "username": each.username, "duties": each.duties, "is_me": each.username == user.username}
        for each in demo_accounts(now=now)
    ]
