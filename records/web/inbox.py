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
from records.models import DishonestyRecord
from records.selectors import inbox, titles
from records.selectors.inbox import Waiting
from records.web.pages import StaffRequest, record_url
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
    done = [Waiting(record, _("已经手"), holder="") for record in held.done]
    return {
        "mine": (_("在我这里"), held.mine),
        "returned": (_("退回我的"), held.returned),
        "drafts": (_("草稿"), held.drafts),
        "others": (_("等别人"), held.others),
        "done": (_("本周经手"), done),
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
    steps = last_steps(each.record for each in items)
    return [
        {
            "record": each.record,
            "title": titles.title(each.record),
            "url": record_url(each.record),
            "act_url": _act_url(each),
            "verb": each.task,
            "left": each.days_left,
            "due_on": each.due_on,
            "paused": _("计时暂停中") if each.paused else "",
            "last_step": steps.get(str(each.record.pk), ""),
        }
        for each in items
    ]


def _act_url(each: Waiting) -> str:
    if each.record.state in ("draft", "returned"):
        return reverse("records:edit", args=[each.record.pk])
    return record_url(each.record) + "#act"


def last_steps(records: Iterable[DishonestyRecord]) -> dict[str, str]:
    """This will say who laid the last hand on each record and when, in one query for all of them."""
    parts = {"filer": _("填报"), "editor": _("修改"), "reviewer": _("初审"), "approver": _("认定")}
    held = (
        Hand.objects.filter(
            object_type=DishonestyRecord._meta.label_lower, object_id__in=[str(each.pk) for each in records]
        )
        .select_related("person")
        .order_by("object_id", "-at")
        .distinct("object_id")
    )
    return {
        hand.object_id: _("%(who)s %(when)s%(part)s") % {
            "who": hand.person.name, "when": wording.moment_short(hand.at), "part": parts.get(hand.part, hand.part),
        }
        for hand in held
    }  # fmt: skip


def draft(each: Waiting) -> dict[str, str]:
    """This will give one draft with its age."""
    saved = {"day": wording.day_plain(each.record.edited_on), "number": each.record.number}
    note = _("%(day)s保存，%(number)s") % saved
    if each.days_left is not None:
        note += _("；报送%(left)s") % {"left": wording.working_days(each.days_left)}
    return {"title": titles.title(each.record), "url": reverse("records:edit", args=[each.record.pk]), "note": note}


def other(each: Waiting) -> dict[str, str]:
    """This will give one thing that waits for somebody else: who holds it, until when."""
    note = _("在%(holder)s手里") % {"holder": each.holder} if each.holder else ""
    until = wording.working_days(each.days_left)
    return {
        "title": titles.title(each.record),
        "url": record_url(each.record),
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
