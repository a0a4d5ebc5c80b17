"""One's own recusals: declare a tie, end it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Official, Recusal
from accounts.services import recusing
from accounts.web.acts import ActPage
from accounts.web.fields import DepartmentField, departments_of_today
from accounts.web.forms import RefusableForm


class DeclareForm(RefusableForm):
    """A tie to a department or to a person."""

    relation = forms.ChoiceField(label=gettext_lazy("关系"), choices=Recusal.Relation.choices)
    department = DepartmentField(label=gettext_lazy("部门"), required=False, empty_label=gettext_lazy("不针对部门"))
    other_person = forms.ModelChoiceField(
        label=gettext_lazy("人员"),
        required=False,
        queryset=Official.objects.none(),
        empty_label=gettext_lazy("不针对个人"),
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["department"].queryset = departments_of_today()  # type: ignore[attr-defined]
        rows = Official.objects.select_related("person").order_by("person__name")
        self.fields["other_person"].queryset = rows  # type: ignore[attr-defined]

    def clean_other_person(self) -> Any:
        """The person behind the official."""
        official = self.cleaned_data["other_person"]
        return official.person if official else None


class RecusalsPage(ActPage):
    """One's own recusals, and the form to declare another."""

    form_class = DeclareForm
    heading = gettext_lazy("我的回避")
    lead = gettext_lazy(
        "申报后，涉及该部门或该人的事项您都不能办，系统会转给别人。依据：公务员法第七十四条至第七十六条。"
    )
    verb = gettext_lazy("申报回避")
    template = "staff/accounts/recusals.html"

    def cancel_url(self) -> str:
        """Back to the desk."""
        return "/staff/"

    def more(self) -> dict[str, Any]:
        """What was declared so far."""
        rows = Recusal.objects.filter(person_id=self.me().person_id).select_related("department", "other_person")
        return {"rows": rows.order_by("-declared_on", "id")}

    def perform(self, facts: dict[str, Any]) -> str:
        """Declare it."""
        recusing.declare(actor=self.me(), now=self.now(), **facts)
        messages.success(self.request, _("已申报，从今天起生效"))
        return reverse("people:recusals")


class EndRecusal(ActPage):
    """End one's own recusal."""

    heading = gettext_lazy("终止回避")
    lead = gettext_lazy("从今天起，涉及的事项您又可以办。申报的历史保留。")
    verb = gettext_lazy("终止回避")
    recusal: Recusal

    def load(self) -> None:
        """Find one's own recusal by its key."""
        rows = Recusal.objects.filter(person_id=self.me().person_id).select_related("department", "other_person")
        self.recusal = get_object_or_404(rows, pk=self.kwargs["pk"])

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("people:recusals")

    def more(self) -> dict[str, Any]:
        """Which one it is."""
        row = self.recusal
        return {"facts": [(_("关系"), row.get_relation_display()), (_("对象"), row.department or row.other_person)]}

    def perform(self, facts: dict[str, Any]) -> str:
        """End it."""
        recusing.end(actor=self.me(), recusal=self.recusal, now=self.now())
        messages.success(self.request, _("已终止"))
        return self.cancel_url()
