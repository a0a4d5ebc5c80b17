"""The reporter's files on the page of a complaint: the cleaned copies, and the way to a sealed original."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from records.models import Complaint, ComplaintFile, IdentityRequest, IdentityRequestState
from records.workflow.intake import vault

S = IdentityRequestState


@dataclass(frozen=True)
class Paper:
    """One file: its row, its name, and where its original is asked for or waits."""

    item: ComplaintFile
    name: str
    way: str = ""
    verb: str = ""


def listed(case: Complaint, *, reader: User) -> list[Paper]:
    """This will list the files; the way to an original is shown to the handler of the case alone."""
    if case.content_erased_on is not None:
        return []
    key = vault.key_of(case)
    rows = ComplaintFile.objects.filter(complaint=case).order_by("added_on", "id")
    asked = _asked(case, reader) if case.handler_id == reader.person_id else None
    return [Paper(row, _name(row, case, key), *_way(row, case, asked)) for row in rows]


def paper_name(row: ComplaintFile) -> str:
    """This will open the name of a file, which can tell who sent it."""
    return _name(row, row.complaint, vault.key_of(row.complaint))


def _name(row: ComplaintFile, case: Complaint, key: bytes) -> str:
    return vault.unseal(case, row.name_sealed, vault.FILE_NAME, key=key).decode()


def _asked(case: Complaint, reader: User) -> dict[object, IdentityRequest]:
    rows = IdentityRequest.objects.filter(complaint=case, asked_by=reader.person_id, file__isnull=False)
    return {row.file_id: row for row in rows.filter(state__in=(S.ASKED, S.RELEASED))}


def _way(row: ComplaintFile, case: Complaint, asked: dict[object, IdentityRequest] | None) -> tuple[str, str]:
    if asked is None or not row.original_as or case.identity_erased_on is not None:
        return "", ""
    request = asked.get(row.pk)
    if request is None:
        return reverse("custody:ask_original", args=[case.pk, row.pk]), _("申请查看原件")
    page = reverse("custody:request", args=[request.pk])
    return page, _("原件：已同意查看") if request.state == S.RELEASED else _("原件：等保管人决定")
