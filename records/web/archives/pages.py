"""Archives: find one, read one, see who has none."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts import paging, policy, ranks, scope
from accounts.models import Department, Official, RoleGrant, User
from records.models import IntegrityArchive, RestrictedKind
from records.models.archive import OFFICIAL_READERS, UNIT_READERS
from records.selectors.archives import looks, sections
from records.selectors.archives.sections import Reader, Whom
from records.services.archives import opening
from records.web.archives import subjects
from records.web.pages import StaffRequest
from rules import clock

PAGE = 50


def load(user: User, key: UUID, now: datetime, grants: list[RoleGrant] | None = None) -> IntegrityArchive:
    """
    This will give an archive the person may open.

    :raises Http404: it does not exist, or is not for him
    """
    found = IntegrityArchive.objects.visible_to(user, now, grants).with_subjects().filter(pk=key).first()
    if found is None:
        raise Http404
    archive: IntegrityArchive = found
    return archive


class ArchiveView(TemplateView):
    """Any page of one archive."""

    request: StaffRequest
    user: User
    now: datetime
    grants: list[RoleGrant]
    archive: IntegrityArchive

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will load the archive, or answer 404."""
        super().setup(request, *args, **kwargs)
        self.now = clock.now()
        if isinstance(request.user, User):  # the policy middleware lets nobody else reach the page itself
            self.user, self.grants = request.user, request.user.grants(self.now)
            self.archive = load(self.user, kwargs["pk"], self.now, self.grants)

    def whom(self) -> Whom:
        """This will say whose archive it is, as the sections ask."""
        return Whom(self.archive.unit, self.archive.official)

    def is_own(self) -> bool:
        """Whether the reader is the official himself."""
        return self.archive.official is not None and self.archive.official.person_id == self.user.person_id


class ArchivePage(ArchiveView):
    """One archive: basic facts, every section, the restricted parts as closed doors, who looked and why."""

    template_name = "staff/archives/archive.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will gather the sections."""
        reader = Reader(self.user, self.grants, self.now, is_subject=self.is_own())
        filled = sections.gather(self.whom(), reader)
        context = {
            "archive": self.archive,
            "posts": self._posts(),
            "kind": self._kind(),
            "sections": subjects.sections(filled),
            "figures": self._figures(filled),
            "looks": looks.of(self.archive),
            "restricted": self._restricted(),
            "check_url": self._check_url(),
        }
        return super().get_context_data(**context, **more)

    def _kind(self) -> str:
        official = self.archive.official
        if official is None:
            return str(self.archive.unit.get_kind_display())
        rank = f" · {official.get_rank_code_display()}" if official.rank_code else ""
        return f"{ranks.PersonnelKind(official.personnel_kind).label}{rank}"

    def _posts(self) -> list[Any]:
        official = self.archive.official
        if official is None:
            return []
        return list(official.posts.select_related("department").order_by("-held_from", "-id")[:20])

    def _figures(self, filled: list[sections.Filled]) -> list[dict[str, Any]]:
        counts = {each.section.key: (len(each.lines), each.has_more) for each in filled}
        told = ((_("失信记录"), "records"), (_("执行中的措施"), "sanctions"), (_("荣誉"), "honours"))
        return [
            {"label": label, "value": f"{counts[key][0]}+" if counts[key][1] else counts[key][0], "url": f"#{key}"}
            for label, key in told
            if key in counts
        ]

    def _restricted(self) -> dict[str, Any] | None:
        """The four parts: who may open them sees how many entries each holds, others that they exist and are closed."""
        official = self.archive.official
        if official is None:
            return None
        verdict = policy.allows(
            user=self.user, name="archive.restricted", now=self.now, department=official.department, grants=self.grants
        )
        opens = verdict.allowed and not self.is_own()
        held = list(self.archive.restricted.values_list("kind", flat=True)) if opens else []
        parts = [{"kind": kind.value, "label": kind.label, "count": held.count(kind)} for kind in RestrictedKind]
        return {"may_open": opens, "why": verdict.rule, "parts": parts}

    def _check_url(self) -> str:
        if (
            self.is_own()
            or not policy.allows(user=self.user, name="archives:new_check", now=self.now, grants=self.grants).allowed
        ):
            return ""
        code = self.archive.official_id or self.archive.unit.uscc
        return f"{reverse('archives:new_check')}?code={code}"


class OfOfficial(View):
    """The way to an official's archive; it is opened where nobody has looked yet."""

    def get(self, request: StaffRequest, pk: UUID) -> HttpResponse:
        """This will lead on, or answer 404 to whoever may not see it."""
        now = clock.now()
        reach = scope.departments(user=request.user, now=now, roles_wanted=OFFICIAL_READERS)
        rows = Official.objects.filter(Q(department__in=reach) | Q(person_id=request.user.person_id))
        archive = opening.of_official(official=get_object_or_404(rows, pk=pk), now=now)
        return redirect("archives:archive", archive.pk)


class OfUnit(View):
    """The way to a unit's archive; it is opened where nobody has looked yet."""

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        """This will lead on, or answer 404 to whoever may not see it."""
        now = clock.now()
        reach = scope.departments(user=request.user, now=now, roles_wanted=UNIT_READERS)
        archive = opening.of_unit(department=get_object_or_404(reach, pk=pk), now=now)
        return redirect("archives:archive", archive.pk)


class ArchiveList(TemplateView):
    """Archives within reach: officials by name or unit, and the units themselves."""

    request: StaffRequest
    template_name = "staff/archives/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will show one page; a cursor that was tampered with leads to the first one."""
        try:
            return super().get(request, *args, **kwargs)
        except paging.BadParameter:
            return redirect(reverse("archives:list"))

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will find the rows."""
        typed = self.request.GET.get("q", "")[:64]
        text = "".join(char for char in typed if char.isprintable()).strip()
        cursor = self.request.GET.get("cursor", "")
        found, following = paging.page(
            self._rows(text), order=("-opened_on", "-id"), limit=PAGE, cursor=cursor, kind="archives.list"
        )
        context = {
            "text": text,
            "rows": found,
            "next_cursor": following,
            "first_url": reverse("archives:list") if cursor else "",
        }
        return super().get_context_data(**context, **more)

    def _rows(self, text: str) -> QuerySet[IntegrityArchive]:
        rows = IntegrityArchive.objects.visible_to(self.request.user, clock.now()).with_subjects()
        if text:
            rows = rows.filter(
                Q(official__person__name__contains=text)
                | Q(official__department__name__contains=text)
                | Q(department__name__contains=text)
                | Q(department__in=Department.objects.coded(text.upper()))
            )
        found: QuerySet[IntegrityArchive] = rows
        return found
