"""Officials: the list one may see, and one of them with his posts and with who looked at his numbers."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts import policy, scope, sealed
from accounts.identifiers import id_number
from accounts.models import Official, User
from accounts.paging import page
from accounts.selectors import officials
from accounts.services.permission import insist
from accounts.web.fields import DepartmentField, departments_of_today
from accounts.web.forms import RefusableForm
from ledger.refusals import Missing, Refused

ORDER = ("person__name", "id")
PER_PAGE = 50


class FilterForm(forms.Form):
    """Which officials to list."""

    q = forms.CharField(label=gettext_lazy("姓名"), required=False, max_length=60)
    department = DepartmentField(label=gettext_lazy("部门"), required=False, empty_label=gettext_lazy("全部"))


class NumberForm(RefusableForm):
    """An ID number to find its holder by; it is sent in the body, so that no address holds it."""

    id_number = forms.CharField(
        label=gettext_lazy("公民身份号码"),
        max_length=40,
        help_text=gettext_lazy("填完整的 18 位。按密文比对，号码不进日志。"),
        widget=forms.TextInput(attrs={"class": "mono", "autocomplete": "off", "spellcheck": "false"}),
    )


class OfficialsPage(View):
    """Officials by name and department; by number only exactly, through the keyed look-up."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them."""
        return self._page(request, NumberForm())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Find the holder of a number among those one may see."""
        form = NumberForm(request.POST)
        if form.is_valid():
            try:
                return redirect("people:official", _find(request, form.cleaned_data["id_number"]).pk)
            except Refused as refusal:
                form.refuse(refusal)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, number_form: NumberForm, status: int = 200) -> HttpResponse:
        user, now = _me(request), timezone.now()
        filters = FilterForm(request.GET)
        reach = scope.departments(user=user, now=now, roles_wanted=policy.POLICY["official.read"].roles)
        filters.fields["department"].queryset = departments_of_today(reach)  # type: ignore[attr-defined]
        rows = officials.visible_to(user, now=now)
        if filters.is_valid():
            rows = rows.filter(person__name__contains=filters.cleaned_data["q"])
            if filters.cleaned_data["department"]:
                rows = rows.filter(department=filters.cleaned_data["department"])
        cursor = request.GET.get("cursor", "")
        found, following = page(rows, order=ORDER, limit=PER_PAGE, cursor=cursor, kind="people.officials")
        context = {
            "rows": found,
            "next_cursor": following,
            "filters": filters,
            "number_form": number_form,
            "may_register": policy.allows(user=user, name="people:register_official", now=now).allowed,
        }
        return render(request, "staff/accounts/officials.html", context, status=status)


class OfficialPage(View):
    """One official: posts, rank, masked numbers, and who looked at them in clear."""

    def get(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Draw it.

        :raises NotAllowed: outside one's scope; the attempt is written down.
        """
        official = get_object_or_404(Official.objects.select_related("person", "department"), pk=pk)
        place: dict[str, Any] = {"department": official.department, "subject_person_id": official.person_id}
        user, now = _me(request), timezone.now()
        insist(actor=user, name="official.read", now=now, obj=official, **place)
        may: dict[str, Any] = {
            name: policy.allows(user=user, name=row, now=now, **place)
            for name, row in (("reveal", "official.phone.reveal"), ("register", "people:add_post"))
        }
        return render(
            request,
            "staff/accounts/official.html",
            {
                "official": official,
                "id_number": officials.masked_id_number(official),
                "phone": officials.masked_phone(official),
                "posts": official.posts.select_related("department").order_by("-held_from"),
                "headships": official.headships.select_related("department").order_by("-held_from"),
                "reveals": official.reveals.select_related("viewer").order_by("-revealed_at")[:20],
                "may": may,
            },
        )


def _find(request: HttpRequest, text: str) -> Official:
    number = id_number.clean(text, today=timezone.localdate(), official=False)
    person = sealed.find(id_number=number)
    found = officials.visible_to(_me(request), now=timezone.now()).filter(person=person).first() if person else None
    if found is None:
        raise Missing(_("您能看的公职人员里没有这个号码"), field="id_number")
    return found


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the middleware let nobody else through
    return request.user
