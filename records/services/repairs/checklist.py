"""The checklist of an application: laid out when it is opened, ticked off as materials come in and are checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.refusals import Conflict, Invalid
from records.models import Attachment, CreditRepair, MaterialState, RepairMaterial
from records.services import attachments
from records.workflow import writing
from records.workflow.repairs import materials
from records.workflow.repairs.machine import REPAIR
from rules.clock import local_day

NOTE_LIMIT = 300  # characters


def lay_out(repair: CreditRepair, *, now: datetime) -> None:
    """Write down what this application needs, from the list of today, inside the open act."""
    by_agent = bool(repair.agent_name)
    for line in materials.wanted(repair.record, on=local_day(now), by_agent=by_agent):
        RepairMaterial(
            repair=repair, code=line.code, label=line.label, place=line.place, is_required=line.is_required
        ).save()


def follow_agent(repair: CreditRepair, *, now: datetime) -> None:
    """Ask for the agent's authority when there is one, and no longer when there is none, inside the open act."""
    held = repair.materials.filter(code=materials.AGENT).first()
    if held is not None:
        if held.is_required != bool(repair.agent_name):
            held.is_required = bool(repair.agent_name)
            held.save()
        return
    for line in materials.wanted(repair.record, on=local_day(now), by_agent=bool(repair.agent_name)):
        if line.code == materials.AGENT:
            RepairMaterial(repair=repair, code=line.code, label=line.label, place=line.place, is_required=True).save()


def note_pledge(repair: CreditRepair, *, on: date) -> None:
    """Tick off the pledge that was signed with the submission, inside the open act."""
    for line in repair.materials.filter(code=materials.PLEDGE, state=MaterialState.OPEN):
        line.state, line.given_on, line.on_paper = MaterialState.GIVEN, on, repair.is_paper
        line.save()


def give(
    *, actor: User, repair: CreditRepair, code: str, upload: UploadedFile[bytes] | None, now: datetime
) -> CreditRepair:
    """
    Hand in one material as a file, or, where the office enters paper, note that it came on paper.

    :raises Invalid: the material is not on the checklist, or there is no acceptable file
    :raises Conflict: the application is past the step at which materials are added
    """

    def then(edited: CreditRepair) -> None:
        line = _line(edited, code)
        if upload is not None:
            role = "appeals" if edited.is_paper else "subject"
            attachments.add(actor=actor, role=role, obj=edited, kind=line.code.lower(), upload=upload, now=now)
        elif not edited.is_paper:
            raise Invalid(_("请选择文件"), field="file")
        line.state, line.given_on, line.on_paper, line.note = MaterialState.GIVEN, local_day(now), upload is None, ""
        line.save()

    return REPAIR.perform("edit", repair, actor=actor, now=now, then=then)


def take_out(*, actor: User, repair: CreditRepair, item: Attachment, now: datetime) -> CreditRepair:
    """
    Take a file out again before it is handed in; this will open its line of the checklist where it was the last one.

    :raises Conflict: the application is past the step at which materials are changed, or was told what is missing
    """

    def then(edited: CreditRepair) -> None:
        if edited.supplement_told_on is not None:
            raise Conflict(_("已经核对过的材料不能去掉，可以再传一份"))
        role = "appeals" if edited.is_paper else "subject"
        attachments.remove(actor=actor, role=role, item=item, now=now)
        if attachments.held(edited, item.kind).exists():
            return
        line = _line(edited, item.kind.upper())
        line.state, line.given_on = MaterialState.OPEN, None
        line.save()

    return REPAIR.perform("edit", repair, actor=actor, now=now, then=then)


def _line(repair: CreditRepair, code: str) -> RepairMaterial:
    found = repair.materials.select_for_update().filter(code=code).first()
    if found is None:
        raise Invalid(_("这件申请不需要这份材料"), field="code")
    held: RepairMaterial = found
    return held


def pass_all(repair: CreditRepair) -> None:
    """Tick off everything that was handed in, inside the open act."""
    for line in repair.materials.filter(state=MaterialState.GIVEN):
        line.state = MaterialState.PASSED
        line.save()


def lacking(repair: CreditRepair, told: Mapping[str, str]) -> list[dict[str, str]]:
    """
    Return the lines of the one notice: the materials named, and every required one nobody has handed in.

    :param told: code of the material → what is wrong with it
    :raises Invalid: nothing lacks, or a material is not on the checklist
    """
    notes = {code: _note(text) for code, text in told.items()}
    lines = materials.lines(repair)
    if strangers := set(notes) - {line.code for line in lines}:
        raise Invalid(_("这件申请不需要这份材料：%s") % "、".join(sorted(strangers)), field="lacking")
    missing = {line.code for line in materials.not_given(repair)}
    items = [
        {"code": line.code, "label": line.label, "note": notes.get(line.code) or _default(line)}
        for line in lines
        if line.code in notes or line.code in missing
    ]
    if not items:
        raise Invalid(_("请勾选缺少或者不合要求的材料"), field="lacking")
    return items


def _note(text: str) -> str:
    return writing.clean(text, field="lacking", label=_("缺什么"), limit=NOTE_LIMIT)


def _default(line: RepairMaterial) -> str:
    return _("没有交") if line.state == MaterialState.OPEN else _("不合要求，请重新提交")


def mark_lacking(repair: CreditRepair, items: list[dict[str, str]]) -> None:
    """Mark the named materials as lacking and pass the others, inside the open act."""
    notes = {item["code"]: item["note"] for item in items}
    for line in materials.lines(repair):
        if line.code in notes:
            line.state, line.note = MaterialState.LACKING, notes[line.code]
            line.save()
        elif line.state == MaterialState.GIVEN:
            line.state = MaterialState.PASSED
            line.save()
