"""The audit page: the log as the auditor reads it, by record, person, time and kind. Nothing here can change an entry."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts import act_names, behalf, hidden, policy, roles, told
from accounts.models import Person, User
from accounts.paging import page
from accounts.told import Told
from accounts.web.fields import DayField
from ledger import reading
from ledger.models import Entry

PER_PAGE = 50
LATE = timedelta(minutes=5)
"""A longer gap between what the law counts and when it was written down shows as 补录."""

_PSEUDO: dict[str, str | Promise] = {
    "system": gettext_lazy("系统"),
    "client": gettext_lazy("接口客户端"),
    "signed_in": "",
    "subject": gettext_lazy("本人"),
}


class FilterForm(forms.Form):
    """Which entries to show."""

    kind = forms.ChoiceField(label=gettext_lazy("行为"), required=False)
    object_id = forms.CharField(
        label=gettext_lazy("对象编号"),
        required=False,
        max_length=64,
        help_text=gettext_lazy("记录、部门、账号等的编号。"),
        widget=forms.TextInput(attrs={"class": "mono"}),
    )
    person = forms.CharField(
        label=gettext_lazy("行为人"), required=False, max_length=64, help_text=gettext_lazy("姓名或账号。")
    )
    since = DayField(label=gettext_lazy("从哪天起"), required=False)
    until = DayField(label=gettext_lazy("到哪天止"), required=False)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["kind"].choices = [("", _("全部")), *act_names.choices()]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Line:
    """One entry as the page prints it."""

    entry: Entry
    name: str
    about: Told | None
    who: str
    role: str | Promise
    is_refused: bool
    is_late: bool


class AuditPage(View):
    """The log, newest first."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """List the entries that meet the conditions."""
        form = FilterForm(request.GET)
        rows = reading.filtered(**(_conditions(form.cleaned_data) if form.is_valid() else {}))
        if isinstance(request.user, User):
            rows = hidden.without(rows, user=request.user, now=timezone.now())
        cursor = request.GET.get("cursor", "")
        found, following = page(rows, order=("-position",), limit=PER_PAGE, cursor=cursor, kind="people.audit")
        context = {
            "form": form,
            "lines": _lines(
                found, lambda view: policy.allows(user=request.user, name=view, now=timezone.now()).allowed
            ),
            "next_cursor": following,
            "last": reading.last_position(),
            "has_conditions": any(request.GET.get(name) for name in form.fields),
        }
        return render(request, "staff/accounts/audit.html", context)


def _conditions(given: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": given["kind"], "object_id": given["object_id"].strip()}
    if given["person"].strip():
        found["persons"] = _persons(given["person"].strip())
    if given["since"]:
        found["since"] = _midnight(given["since"])
    if given["until"]:
        found["until"] = _midnight(given["until"] + timedelta(days=1))
    return found


def _doors(request: HttpRequest) -> Callable[[str], bool]:
    """Ask the policy about each view with the reader's grants looked up once."""
    now, reader = timezone.now(), request.user
    held = reader.grants(now) if isinstance(reader, User) else []
    return lambda view: policy.allows(user=reader, name=view, now=now, grants=held).allowed


def _persons(text: str) -> list[UUID]:
    by_account = User.objects.filter(username=text).values_list("person_id", flat=True)
    by_name = Person.objects.filter(name=text).values_list("pk", flat=True)
    return [*by_account, *by_name]


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _lines(entries: list[Entry], opens: Callable[[str], bool]) -> list[Line]:
    persons = {row.person for row in entries if row.person} | {key for row in entries if (key := behalf.of(row))}
    names = dict(Person.objects.filter(pk__in=persons).values_list("pk", "name"))
    things = told.tell(((row.object_type, row.object_id) for row in entries), opens=opens)
    return [_line(row, names, things.get((row.object_type, row.object_id))) for row in entries]


def _who(row: Entry, names: dict[UUID, str]) -> str:
    if not row.person:
        return ""
    name, other = names.get(row.person, _("不是自然人")), behalf.of(row)
    return _("%(name)s（代%(other)s）") % {"name": name, "other": names.get(other, "")} if other else name


def _line(row: Entry, names: dict[UUID, str], about: Told | None) -> Line:
    action = next((ref["key"] for ref in row.refs if ref.get("name") == "refused.action"), "")
    return Line(
        entry=row,
        name=act_names.name(action or row.kind),
        about=about,
        who=_who(row, names),
        role=_PSEUDO.get(row.role, roles.label(row.role)),
        is_refused=bool(action),
        is_late=row.recorded_at - row.at > LATE,
    )
