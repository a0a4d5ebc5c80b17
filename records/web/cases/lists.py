"""The list of one kind of case: conditions in the address, chips that take them off, pages by key."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts import paging
from records.web import strips, subjects
from records.web.forms.fields import NOT_LISTED, OneOf, Text
from records.web.pages import StaffRequest
from records.workflow.kinds import CaseKind
from rules import clock, deadlines
from rules.models import Deadline

PAGE = 50


class CaseFilter(forms.Form):
    """All optional; what cannot be read is named and not used. A room may add fields and conditions."""

    q = Text(label=gettext_lazy("编号"))
    state = OneOf(label=gettext_lazy("状态"))
    unit = Text(label=gettext_lazy("单位（名称或代码）"))
    late = OneOf(label=gettext_lazy("期限"))

    def __init__(self, *args: Any, kind: CaseKind, today: Any, **rest: Any) -> None:
        """This will offer the states of the kind."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
        self.kind, self.today = kind, today
        states = [(state, str(kind.marks[state].word)) for state in kind.machine.states() if state in kind.marks]
        self.fields["state"].choices = [("", _("不限")), *states]  # type: ignore[attr-defined]
        self.fields["late"].choices = [("", _("不限")), ("late", _("已逾期"))]  # type: ignore[attr-defined]
        for name in ("state", "late"):
            self.fields[name].error_messages["invalid_choice"] = NOT_LISTED
        for field in self.fields.values():
            field.unmarked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """This will find the unit."""
        kept = super().clean() or {}
        if kept.get("unit"):
            match = subjects.unit(kept["unit"], on=self.today)
            kept["department"] = match.unit
            if match.unit is None:
                self.add_error("unit", match.problem)
        return kept

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """This will apply the conditions that could be read."""
        kept = self.cleaned_data
        if text := "".join(char for char in kept.get("q", "") if char.isprintable()).strip():
            rows = rows.filter(**{f"{self.kind.number_field}__icontains": text})
        if kept.get("state"):
            rows = rows.filter(state=kept["state"])
        if kept.get("department"):
            rows = rows.filter(**{f"{self.kind.department}_id": kept["department"].pk})
        if kept.get("late"):
            rows = rows.filter(_is_late(self.kind, self.today))
        return rows

    def spoken(self) -> list[tuple[str, str]]:
        """This will say each condition in use, with its key in the address."""
        told = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value not in (None, ""):
                told.append((name, f"{field.label}：{dict(getattr(field, 'choices', [])).get(value, value)}"))
        return told


def _is_late(kind: CaseKind, today: Any) -> Q:
    model = kind.machine.model
    key = Cast(OuterRef("pk"), Deadline._meta.get_field("object_id"))
    late = Deadline.objects.filter(object_type=model._meta.label_lower, object_id=key, closed_on=None, due_on__lt=today)
    return Q(Exists(late))


class CaseList(TemplateView):
    """The cases of one kind a person may open."""

    request: StaffRequest
    template_name = "staff/cases/list.html"
    kind: ClassVar[CaseKind]
    form_class: ClassVar[type[CaseFilter]] = CaseFilter
    heading: ClassVar[Any] = ""
    summary: ClassVar[Any] = gettext_lazy("您能看的，最新的在前。")
    order: ClassVar[tuple[str, ...]] = ("-number", "-id")
    columns: ClassVar[tuple[Any, ...]] = ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will show one page; a cursor that was tampered with leads to the first one."""
        try:
            return super().get(request, *args, **kwargs)
        except paging.BadParameter:
            return redirect(reverse(self.kind.list_page))

    def rows(self) -> QuerySet[Any]:
        """This will give the cases the reader may see; a room may narrow them."""
        model = self.kind.machine.model
        rows: QuerySet[Any] = model._default_manager.visible_to(self.request.user, clock.now())  # type: ignore[attr-defined]
        return rows.select_related(*self.kind.related)

    def cells(self, case: Any) -> list[Any]:
        """This will give the cells of the room's own ``columns``."""
        return []

    def extra(self) -> dict[str, Any]:
        """This will give what the room's own template prints besides."""
        return {}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will read the conditions and find the rows."""
        today = clock.local_day(clock.now())
        form = self.form_class(self.request.GET or {}, kind=self.kind, today=today)
        form.is_valid()
        cursor = self.request.GET.get("cursor", "")
        found, following = paging.page(
            form.narrow(self.rows()), order=self.order, limit=PAGE, cursor=cursor, kind=f"{self.kind.name}.list"
        )
        context = {
            "kind": self.kind,
            "heading": self.heading or self.kind.machine.label,
            "summary": self.summary,
            "columns": self.columns,
            "rows": self._rows(found, today),
            "next_cursor": following,
            "first_url": self._without("cursor") if cursor else "",
            "form": form,
            "list_url": reverse(self.kind.list_page),
            "conditions": [{"label": label, "url": self._without(name)} for name, label in form.spoken()],
            **self._empty(form),
            **self.extra(),
        }
        return super().get_context_data(**context, **more)

    def _rows(self, found: list[Any], today: Any) -> list[dict[str, Any]]:
        nearest: dict[str, Any] = {}
        for limit in deadlines.open_on(self.kind.machine.model, [str(case.pk) for case in found]):
            nearest.setdefault(limit.object_id, limit)
        return [self._row(case, nearest.get(str(case.pk)), today) for case in found]

    def _row(self, case: Any, limit: Any, today: Any) -> dict[str, Any]:
        return {
            "case": case,
            "title": self.kind.title(case),
            "number": self.kind.number(case),
            "second": self.kind.second(case),
            "url": self.kind.address(case),
            "cells": list(zip(self.columns, self.cells(case), strict=True)),
            "has_deadline": limit is not None,
            "left": strips.left(limit.due_on, today) if limit else None,
            "due_on": limit.due_on if limit else None,
            "paused": _("计时暂停中") if limit and limit.is_paused else "",
        }

    def _without(self, name: str) -> str:
        params = self.request.GET.copy()
        for key in (name, "cursor"):
            params.pop(key, None)
        return f"{reverse(self.kind.list_page)}?{params.urlencode()}"

    def _empty(self, form: CaseFilter) -> dict[str, str]:
        """Nothing yet, or nothing that matches: different words, different ways on."""
        used = form.spoken()
        if not used:
            return {"empty_title": _("这里还没有事项"), "empty_text": _("有了以后会列在这里，最新的在前。")}
        last, label = used[-1]
        return {
            "empty_title": _("没有符合的事项"),
            "empty_text": _("“%(all)s”没有结果。") % {"all": "”加“".join(words for _name, words in used)},
            "empty_url": self._without(last),
            "empty_action": _("去掉“%(label)s”") % {"label": label},
        }
