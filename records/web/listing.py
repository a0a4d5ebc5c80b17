"""The list of records: conditions in the address, chips that take them off, pages by key."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts import policy
from ledger.cursors import BadCursor
from records.models import DishonestyRecord
from records.selectors import listing, titles
from records.web import strips
from records.web.forms.listing import FilterForm
from records.web.pages import StaffRequest, record_url
from rules import clock, deadlines

PAGE = 50


class RecordList(TemplateView):
    """The records a person may open."""

    request: StaffRequest
    template_name = "staff/records/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will show one page; a cursor that was tampered with leads to the first one."""
        try:
            return super().get(request, *args, **kwargs)
        except BadCursor:
            return redirect(reverse("records:list"))

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will read the conditions and find the rows."""
        now = clock.now()
        form = FilterForm(self.request.GET or {}, today=clock.local_day(now))
        form.is_valid()
        cursor = self.request.GET.get("cursor", "")
        page = listing.records(user=self.request.user, filters=form.filters(), now=now, cursor=cursor, limit=PAGE)
        context = {
            "heading": _("失信记录"),
            "summary": _("您能看的记录，最新登记的在前。"),
            "rows": rows(page.items, today=clock.local_day(now)),
            "next_cursor": page.next_cursor,
            "first_url": self._without("cursor") if cursor else "",
            "form": form,
            "conditions": [{"label": label, "url": self._without(name)} for name, label in form.spoken()],
            "may_file": policy.allows(user=self.request.user, name="records:new", now=now).allowed,
            **self._empty(form),
        }
        return super().get_context_data(**context, **more)

    def _without(self, name: str) -> str:
        params = self.request.GET.copy()
        for key in (name, "cursor"):
            params.pop(key, None)
        return f"{reverse('records:list')}?{params.urlencode()}"

    def _empty(self, form: FilterForm) -> dict[str, str]:
        """Nothing yet, or nothing that matches: different words, different ways on."""
        used = form.spoken()
        if not used:
            return {"empty_title": _("还没有记录"), "empty_text": _("登记以后会列在这里；别的部门的草稿不会出现。")}
        last, label = used[-1]
        told = _("“%(all)s”一起没有结果。") % {"all": "”加“".join(words for _name, words in used)}
        return {
            "empty_title": _("没有符合的记录"),
            "empty_text": told,
            "empty_url": self._without(last),
            "empty_action": _("去掉“%(label)s”") % {"label": label},
        }


def rows(items: list[DishonestyRecord], *, today: Any) -> list[dict[str, Any]]:
    """This will give records as the table prints them, with the nearest deadline of each, in one query for all."""
    nearest: dict[str, Any] = {}
    for limit in deadlines.open_on(DishonestyRecord, [str(each.pk) for each in items]):
        nearest.setdefault(limit.object_id, limit)
    return [_row(each, nearest.get(str(each.pk)), today) for each in items]


def _row(record: DishonestyRecord, limit: Any, today: Any) -> dict[str, Any]:
    return {
        "record": record,
        "title": titles.title(record),
        "url": record_url(record),
        "severity": record.severity or record.severity_proposed,
        "has_deadline": limit is not None,
        "left": strips.left(limit.due_on, today) if limit else None,
        "due_on": limit.due_on if limit else None,
        "paused": _("计时暂停中") if limit and limit.is_paused else "",
    }
