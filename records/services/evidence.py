"""Evidence files: taken in as a stream, checked, stored under a random name, handed out to those who may see the record."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from typing import IO, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from ledger import acts
from ledger.refusals import Conflict, Invalid, Missing
from records.models import DishonestyRecord, Evidence, EvidenceKind, RecordState
from records.models.evidence import folder
from records.services import storing
from records.workflow import beside, files
from records.workflow.record import RECORD

KINDS_BY_STATE: dict[str, tuple[str, ...]] = {
    RecordState.DRAFT: (EvidenceKind.SOURCE, EvidenceKind.OTHER),
    RecordState.RETURNED: (EvidenceKind.SOURCE, EvidenceKind.OTHER),
    RecordState.NOTIFIED: (EvidenceKind.NOTICE, EvidenceKind.STATEMENT),
    RecordState.PENDING_APPROVAL: (EvidenceKind.STATEMENT,),
}
"""Which files may still be added when: what was reviewed stays as it was reviewed."""


def add(*, actor: User, record: DishonestyRecord, kind: str, upload: UploadedFile[bytes], now: datetime) -> Evidence:
    """
    Keep a file with a record.

    The file is streamed to a random name outside the web root and hashed on the way; a refused one leaves nothing.

    :raises Invalid: type, name, size or content is not acceptable, or the record has ten files already
    :raises NotAllowed: the actor does not file for this department, or is tied to the subject
    :raises Conflict: the record is past the step at which such a file is added
    """
    with acts.act(kind="record.add_evidence", actor=actor, role="clerk", obj=record, now=now):
        locked = RECORD.lock(record)
        arrow = RECORD.arrows["edit"]
        beside.check(locked, arrow, actor=actor, roles=arrow.roles, now=now)
        _check_kind(locked, kind)
        name = files.clean_name(upload.name or "")
        with storing.stored(upload, folder=folder()) as (draft, size, sha256):
            with draft.open("rb") as stream:
                found = files.recognise(cast(BinaryIO, stream), name=name, declared=upload.content_type or "")
            item = Evidence(
                record=locked,
                kind=kind,
                name=name,
                extension=found.extension,
                media_type=found.media_type,
                size=size,
                sha256=sha256,
                stored_as=f"{secrets.token_hex(24)}.bin",
                added_by_id=actor.person_id,
                added_at=now,
            )
            item.save()
            os.replace(draft, folder() / item.stored_as)
    return item


def _check_kind(record: DishonestyRecord, kind: str) -> None:
    if kind not in EvidenceKind.values:
        raise Invalid(_("请选择附件种类"), field="kind")
    if kind not in KINDS_BY_STATE.get(record.state, ()):
        raise Conflict(_("记录处于“%s”，不能再添加这类附件") % record.get_state_display())
    if record.evidence.filter(removed_at=None).count() >= files.MAX_FILES:
        raise Invalid(_("一件记录最多 %d 个附件") % files.MAX_FILES, field="evidence")


def remove(*, actor: User, item: Evidence, now: datetime) -> Evidence:
    """
    Take a file out of a draft or returned record; this will keep file and row, marked as removed.

    :raises NotAllowed: the actor does not file for this department, or is tied to the subject
    :raises Conflict: the record is under review or decided
    """
    with acts.act(kind="record.remove_evidence", actor=actor, role="clerk", obj=item.record, now=now):
        locked = RECORD.lock(item.record)
        arrow = RECORD.arrows["edit"]
        beside.check(locked, arrow, actor=actor, roles=arrow.roles, now=now)
        RECORD.check_state(arrow, locked)
        held = Evidence.objects.select_for_update().get(pk=item.pk)
        if held.removed_at is not None:
            raise Conflict(_("这个附件已经移除"))
        held.removed_at = now
        held.save()
    return held


def open_file(*, actor: User, item: Evidence, now: datetime) -> IO[bytes]:
    """
    Open a file for somebody who may see its record; the face serves it as an attachment with nosniff.

    :raises Missing: the actor may not see the record, so that the file looks as if it did not exist
    """
    seen = DishonestyRecord.objects.visible_to(actor, now).filter(pk=item.record_id).exists()
    path = folder() / item.stored_as
    if not seen or not path.is_file():
        raise Missing(_("没有这个附件"))
    return path.open("rb")
