"""The search box of the staff frame: records by number, document number or unit, other cases by number, departments by name or code."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from records.selectors import finding, listing
from records.selectors.listing import Filters
from records.web import subjects
from records.web.listing import rows
from records.web.pages import StaffRequest
from rules import clock

SHOWN = 20
SHOWN_OF_KIND = 5
LONGEST = 64


class Search(TemplateView):
    """What the reader may see that fits the words."""

    request: StaffRequest
    template_name = "staff/records/search.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will look among records, other cases and departments; persons are never found by name here."""
        now = clock.now()
        typed = self.request.GET.get("q", "")[:LONGEST]
        text = "".join(char for char in typed if char.isprintable()).strip()
        today = clock.local_day(now)
        found = (
            listing.records(user=self.request.user, filters=Filters(text=text), now=now, limit=SHOWN) if text else None
        )
        units = subjects.suggest(text, on=today) if text else []
        others = finding.cases(text, user=self.request.user, now=now, limit=SHOWN_OF_KIND) if text else []
        context = {
            "search_text": text,
            "rows": rows(found.items, today=today) if found else [],
            "has_more": bool(found and found.has_more),
            "more_url": f"{reverse('records:list')}?{urlencode({'q': text})}",
            "departments": units,
            "others": others,
            "summary": _summary(text, len(found.items) if found else 0, len(others), len(units)),
            **_empty(text),
        }
        return super().get_context_data(**context, **more)


def _summary(text: str, records: int, others: int, units: int) -> str:
    if not text:
        return _("可以填编号（JT-2026-0042）、文号、单位名称或统一社会信用代码。")
    return _("“%(text)s”：记录 %(records)d 条，其他事项 %(others)d 件，部门 %(units)d 个。") % {
        "text": text,
        "records": records,
        "others": others,
        "units": units,
    }


def _empty(text: str) -> dict[str, str]:
    if not text:
        return {"empty_title": _("填几个字再查"), "empty_text": _("个人不能按姓名查找。")}
    return {
        "empty_title": _("没有找到"),
        "empty_text": _("您能看的记录和部门里没有“%(text)s”。换个写法，或少写几个字；个人不能按姓名查找。")
        % {"text": text},
    }
