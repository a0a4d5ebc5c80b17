"""The statistics page: how complaints about each department were answered, with a picture."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts import charts
from records.selectors.complaints import statistics
from records.selectors.complaints.statistics import Line
from records.web.pages import StaffRequest
from rules import clock, codes

MOST = 12


class Statistics(TemplateView):
    """What came, what was answered, what was not, by the department it concerns."""

    request: StaffRequest
    template_name = "staff/complaints/statistics.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will count one year."""
        user, now = self.request.user, clock.now()
        years = statistics.years(user=user, now=now)
        year = _year(self.request.GET.get("year", ""), years)
        lines = statistics.by_department(user=user, year=year, now=now)
        channels = statistics.by_channel(user=user, year=year, now=now)
        context = {
            "heading": _("投诉举报统计"),
            "year": year,
            "years": years,
            "lines": lines,
            "figures": _figures(lines),
            "chart": _chart(lines, year) if lines else None,
            "channels": [(codes.label("channel", code), n) for code, n in channels],
        }
        return super().get_context_data(**context, **more)


def _year(typed: str, years: list[int]) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and int(typed) in years else years[0]


def _figures(lines: list[Line]) -> list[dict[str, Any]]:
    received, answered = sum(each.received for each in lines), sum(each.answered for each in lines)
    rated, satisfied = sum(each.rated for each in lines), sum(each.satisfied for each in lines)
    told = sum(each.not_accepted for each in lines)
    return [
        {"label": _("收到"), "value": received, "url": reverse("complaints:list"), "note": _("并案和撤回的不算")},
        {"label": _("已答复"), "value": answered, "note": _("另有不予受理 %d 件") % told},
        {"label": _("还没有答复"), "value": received - answered - told, "url": reverse("complaints:list") + "?late=late",
         "note": _("其中逾期 %d 件") % sum(each.late for each in lines)},
        {"label": _("满意"), "value": satisfied, "note": _("共 %d 次评价") % rated},
    ]  # fmt: skip


def _chart(lines: list[Line], year: int) -> dict[str, Any]:
    worst = max(lines, key=lambda each: (each.never, each.received))
    say = _("%(year)d年收到的投诉都已答复。") % {"year": year}
    if worst.never:
        say = _("针对%(unit)s的投诉没有答复的最多：%(never)d 件，共 %(all)d 件。") % {
            "unit": worst.name, "never": worst.never, "all": worst.received,
        }  # fmt: skip
    return charts.bars(
        title=_("按被投诉单位"), say=say, label=_("各单位被投诉件数：已答复、不予受理、还没有答复"), of=_("单位"),
        legend=(_("已答复"), _("不予受理"), _("还没有答复")),
        rows=[(each.name, (each.answered, each.not_accepted, each.never)) for each in lines[:MOST]],
    )  # fmt: skip
