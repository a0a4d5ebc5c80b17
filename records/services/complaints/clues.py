"""Media clues (媒体监督, domain row 14): noted, checked, and where there is something in it joined to a complaint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import Department, User
from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import Attachment, Complaint, MediaClue
from records.services import attachments
from records.workflow import writing
from records.workflow.complaints import competence
from records.workflow.intake import offices
from rules.clock import local_day
from rules.workflow import checks

WATCHERS = ("approver", "handler")
CLIPPING, CLIPPINGS = "clipping", ("pdf", "jpg", "jpeg", "png")


@dataclass(frozen=True)
class Report:
    """What was reported, where and when."""

    outlet: str
    title: str
    published_on: date | None
    link: str = ""
    summary: str = ""


def note(
    *,
    actor: User,
    object_department: Department,
    report: Report,
    now: datetime,
    clipping: UploadedFile[bytes] | None = None,
    key: UUID | None = None,
) -> MediaClue:
    """
    Note a report in the media; this will wait for somebody to check it.

    `key` becomes its id: the same form sent twice gives the first one back.

    :raises NotAllowed: the actor serves the department concerned, or watches for no lead office above it
    :param clipping: the report as a PDF or a picture
    :raises Invalid: a field is missing or not clean, the day lies in the future, or the clipping is not acceptable
    """
    if key and (first := MediaClue.objects.filter(pk=key, registered_by=actor.person_id).first()):
        return first
    lead = offices.receiving(object_department)
    role = _role(actor, lead, object_department, now)
    columns = _columns(report, now)
    with acts.act(kind="clue.note", actor=actor, role=role, now=now) as act:
        held = MediaClue(
            id=key or uuid4(),
            object_department=object_department,
            lead=lead,
            registered_by_id=actor.person_id,
            registered_on=local_day(now),
            **columns,
        )
        held.save(force_insert=True)
        act.about(held)
        if clipping is not None:
            _keep(held, clipping, actor, role, now)
    return held


def add_clipping(*, actor: User, clue: MediaClue, clipping: UploadedFile[bytes], now: datetime) -> Attachment:
    """
    Keep the report itself with a clue that has none yet, or another page of it; this will show it to whoever sees the clue.

    :raises NotAllowed: the actor watches for another office, or serves the department concerned
    :raises Invalid: it is no PDF and no picture, is too large, or there are ten already
    """
    role = _role(actor, clue.lead, clue.object_department, now)
    with acts.act(kind="clue.clip", actor=actor, role=role, obj=clue, now=now):
        return _keep(clue, clipping, actor, role, now)


def _keep(clue: MediaClue, clipping: UploadedFile[bytes], actor: User, role: str, now: datetime) -> Attachment:
    try:
        if PurePath(clipping.name or "").suffix.lower().lstrip(".") not in CLIPPINGS:
            raise Invalid(_("剪报请上传 PDF 或图片（JPG、PNG）"))
        return attachments.add(actor=actor, role=role, obj=clue, kind=CLIPPING, upload=clipping, now=now)
    except Invalid as wrong:
        raise Invalid(wrong.message, field="clipping") from wrong


def check(*, actor: User, clue: MediaClue, is_true: bool, note: str, version: int, now: datetime) -> MediaClue:
    """
    Write down whether a report holds; this will be asked once.

    :raises Conflict: it was checked before
    :raises Invalid: nothing is said of how it was checked
    """
    text = writing.required(note, field="note", label=_("核实情况"), limit=1000)
    role = _role(actor, clue.lead, clue.object_department, now)
    with acts.act(kind="clue.check", actor=actor, role=role, obj=clue, now=now):
        held = _locked(clue, version)
        if held.is_true is not None:
            raise Conflict(_("这条线索已经核实过"))
        held.is_true, held.checked_note = is_true, text
        held.checked_by_id, held.checked_on = actor.person_id, local_day(now)
        held.save()
    return held


def join(*, actor: User, clue: MediaClue, complaint: Complaint, version: int, now: datetime) -> MediaClue:
    """
    Join a clue to the complaint that deals with it; this will show it on the complaint's page.

    :raises Invalid: the complaint concerns another department, or the actor may not see it
    :raises Conflict: it is joined already
    """
    role = _role(actor, clue.lead, clue.object_department, now)
    seen = Complaint.objects.visible_to(actor, now).filter(pk=complaint.pk)
    if not seen.filter(object_department=clue.object_department_id).exists():
        raise Invalid(_("请选择针对同一单位的投诉"), field="complaint")
    with acts.act(kind="clue.join", actor=actor, role=role, obj=clue, now=now):
        held = _locked(clue, version)
        if held.complaint_id is not None:
            raise Conflict(_("这条线索已经并入一件投诉"))
        held.complaint = complaint
        held.save()
    return held


def _locked(clue: MediaClue, version: int) -> MediaClue:
    held: MediaClue = MediaClue.objects.select_for_update().get(pk=clue.pk)
    checks.version(held, version)
    held.version += 1
    return held


def _role(actor: User, lead: Department, concerned: Department, now: datetime) -> str:
    """The role in which somebody of the lead office watches; whoever serves the department concerned never does."""
    mine = next(
        (each.role for each in actor.grants(now) if each.role in WATCHERS and each.department_id == lead.pk), ""
    )
    if not mine or competence.serves(actor.person_id, concerned, now):
        raise NotAllowed(_("不能由您办：媒体线索由该单位上级的信用牵头部门登记"))
    return mine


def _columns(report: Report, now: datetime) -> dict[str, object]:
    if report.published_on is None or report.published_on > local_day(now):
        raise Invalid(_("报道日期不能晚于今天"), field="published_on")
    link = writing.clean(report.link, field="link", label=_("链接"), limit=500)
    if link and (urlsplit(link).scheme not in ("http", "https") or not urlsplit(link).netloc):
        raise Invalid(_("链接要以 http:// 或 https:// 开头"), field="link")
    return {
        "outlet": writing.required(report.outlet, field="outlet", label=_("媒体"), limit=80, lines=False),
        "title": writing.required(report.title, field="title", label=_("标题"), limit=200, lines=False),
        "published_on": report.published_on,
        "link": link,
        "summary": writing.clean(report.summary, field="summary", label=_("摘要"), limit=2000, lines=True),
    }
