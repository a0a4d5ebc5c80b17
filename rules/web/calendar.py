"""The calendar of a year, and the import of a new one with the list of deadlines it moves."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts import policy, wording
from accounts.models import User
from accounts.services.permission import insist
from accounts.web.forms import RefusableForm
from ledger.refusals import Invalid, Refused
from rules import calendar as working_days
from rules import calendar_import, clock, notices
from rules.calendar import Day, Table
from rules.models import CalendarDay

FIRST, LAST = 1990, 2100
LARGEST = 64 * 1024


class CalendarPage(View):
    """Twelve months of a year: what is worked, what is off and why, and whether it is announced."""

    def get(self, request: HttpRequest, year: int | None = None) -> HttpResponse:
        """Draw the year, this one where none is named."""
        today = clock.local_day(clock.now())
        shown = today.year if year is None else year
        if not FIRST <= shown <= LAST:
            raise Http404
        table = Table()
        context = {
            "year": shown,
            "today": today,
            "months": [_month(table, shown, month, today) for month in range(1, 13)],
            "source": CalendarDay.objects.filter(day=date(shown, 1, 1)).values_list("source", flat=True).first(),
            "years": _years(shown, today),
            "alert": working_days.alert(today),
            "worked": sum(table.day(day).is_workday for month in range(1, 13) for day in _days(shown, month)),
            "may_import": may(request, calendar_import.PERMISSION),
        }
        return render(request, "staff/rules/calendar.html", context)


class NoticeForm(RefusableForm):
    """The arrangement of a year, pasted or as a file."""

    year = forms.IntegerField(
        label=gettext_lazy("年份"), min_value=2004, max_value=LAST,
        widget=forms.NumberInput(attrs={"class": "narrow"}),
    )  # fmt: skip
    source = forms.CharField(
        label=gettext_lazy("依据"), max_length=120, help_text=gettext_lazy("通知的文号和名称，会写在每一天旁边。")
    )
    text = forms.CharField(
        label=gettext_lazy("放假与调休"), required=False, max_length=notices.LONGEST, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "mono", "spellcheck": "false"}),
        help_text=gettext_lazy("一行一段：“2027-02-05至2027-02-11,休,春节”或“2027-02-14,班”。只写与周一至周五不同的日子。"),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("或上传 CSV"),
        required=False,
        help_text=gettext_lazy("三列：日期、休或班、名称；不超过 64 KB。"),
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Take the text from the file where one is given; one of the two is needed."""
        facts = super().clean() or {}
        upload = facts.get("file")
        if isinstance(upload, UploadedFile):
            facts["text"] = self._read(upload)
        if not str(facts.get("text", "")).strip() and not self.errors:
            self.add_error("text", _("请粘贴或上传放假与调休安排"))
        return facts

    def _read(self, upload: UploadedFile) -> str:
        if (upload.size or 0) > LARGEST:
            self.add_error("file", _("文件超过 64 KB：一年的安排没有这么长"))
            return ""
        octets = upload.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return octets.decode(encoding)
            except UnicodeDecodeError:
                continue
        self.add_error("file", _("文件不是文本，请另存为 CSV（UTF-8 或 GBK）"))
        return ""


class ImportCalendar(View):
    """First shows what a notice would change, then writes it once a person confirms what was shown."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask the policy before anything is shown."""
        insist(actor=actor_of(request), name=calendar_import.PERMISSION, now=clock.now())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form, for the year that is missing."""
        today = clock.local_day(clock.now())
        return self._page(NoticeForm(initial={"year": working_days.missing_year(today) or today.year + 1}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Preview, or write what was previewed."""
        form, now = NoticeForm(request.POST, request.FILES), clock.now()
        if not form.is_valid():
            return self._page(form, status=422)
        facts = {name: form.cleaned_data[name] for name in ("text", "year", "source")}
        try:
            if form.cleaned_data["digest"]:
                return self._confirm(facts, form.cleaned_data["digest"], now)
            return self._preview(facts, now)
        except Invalid as refusal:
            form.refuse(refusal)
            return self._page(form, status=refusal.status)
        except Refused as refusal:
            return self._preview(facts, now, refusal=refusal)

    def _confirm(self, facts: dict[str, Any], digest: str, now: datetime) -> HttpResponse:
        done = calendar_import.confirm(actor=actor_of(self.request), digest=digest, now=now, **facts)
        words = _("已导入 %(year)d 年日历，%(n)d 个期限按新日历重算") % {"year": done.year, "n": len(done.moves)}
        messages.success(self.request, words)
        return redirect("rules:calendar_year", year=done.year)

    def _preview(self, facts: dict[str, Any], now: datetime, refusal: Refused | None = None) -> HttpResponse:
        seen = calendar_import.preview(now=now, **facts)
        context = {"seen": seen, "facts": facts, "refusal": refusal, "spans": _spans(seen.exceptions)}
        return render(
            self.request, "staff/rules/import_preview.html", context, status=refusal.status if refusal else 200
        )

    def _page(self, form: NoticeForm, status: int = 200) -> HttpResponse:
        return render(self.request, "staff/rules/import_calendar.html", {"form": form}, status=status)


def actor_of(request: HttpRequest) -> User:
    """This will give the account that asks; the policy let nobody else through."""
    assert isinstance(request.user, User)  # noqa: S101  the middleware has seen to it
    return request.user


def may(request: HttpRequest, name: str) -> bool:
    """This will say whether a button leads anywhere for the one who asks."""
    return policy.allows(user=actor_of(request), name=name, now=clock.now()).allowed


def _days(year: int, month: int) -> list[date]:
    return [day for day in Calendar().itermonthdates(year, month) if day.month == month]


def _month(table: Table, year: int, month: int, today: date) -> dict[str, Any]:
    """A month as weeks of cells, and its special days in words."""
    weeks = [
        [_cell(table.day(day), today) if day.month == month else None for day in week]
        for week in Calendar().monthdatescalendar(year, month)
    ]
    named = [table.day(day) for day in _days(year, month)]
    return {"number": month, "weeks": weeks, "spans": _spans([day for day in named if _is_special(day)])}


def _is_special(day: Day) -> bool:
    return day.name not in working_days.WEEKDAYS


def _cell(day: Day, today: date) -> dict[str, Any]:
    special = _is_special(day)
    return {
        "day": day.day,
        "kind": "worked" if special and day.is_workday else "holiday" if special else "" if day.is_workday else "off",
        "mark": _("班") if special and day.is_workday else _("休") if special else "",
        "is_today": day.day == today,
        "name": day.name if special else "",
    }


def _spans(days: list[Day]) -> list[str]:
    """Neighbouring days of one name as one line: 10月1日至10月7日 国庆节，休."""
    runs: list[list[Day]] = []
    for day in sorted(days, key=lambda each: each.day):
        last = runs[-1][-1] if runs else None
        if last and (day.day - last.day).days == 1 and (day.name, day.is_workday) == (last.name, last.is_workday):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [_span(run) for run in runs]


def _span(run: list[Day]) -> str:
    first, last = run[0].day, run[-1].day
    days = wording.day_plain(first, today=first)
    if last != first:
        days = _("%(first)s至%(last)s") % {"first": days, "last": wording.day_plain(last, today=last)}
    if run[0].is_workday:
        return f"{days} {run[0].name}"
    return _("%(days)s %(name)s，休") % {"days": days, "name": run[0].name}


def _years(shown: int, today: date) -> list[dict[str, Any]]:
    """The years one can go to: what is loaded nearby, this year, next year."""
    loaded = set(CalendarDay.objects.filter(day__month=1, day__day=1).values_list("day__year", flat=True))
    near = {year for year in loaded if abs(year - shown) <= 4} | {shown, today.year, today.year + 1}
    return [
        {
            "label": _("%(year)d年") % {"year": year},
            "url": reverse("rules:calendar_year", args=[year]),
            "is_current": year == shown,
        }
        for year in sorted(near)
    ]
