"""Attachments of cases: taken in, found again, handed out; who may do so is the rule of each room."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from typing import IO, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ledger import acts
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid, Missing
from records.models import Attachment
from records.models.attachment import folder
from records.services import storing
from records.workflow import files
from rules.clock import local_day
from rules.references import reference


def add(
    *, actor: Actor, role: str, obj: models.Model, kind: str, upload: UploadedFile[bytes], now: datetime
) -> Attachment:
    """
    Keep a file with a case; this will join the open act, or be an act of its own.

    The file is streamed to a random name outside the web root and hashed on the way; a refused one leaves nothing.
    Whether the actor may is for the caller to have asked.

    :raises Invalid: type, name, size or content is not acceptable, or the case has ten such files already
    """
    with acts.act(kind="attachment.add", actor=actor, role=role, obj=obj, now=now):
        if held(obj, kind).count() >= files.MAX_FILES:
            raise Invalid(_("每类最多 %d 个附件") % files.MAX_FILES, field="evidence")
        name = files.clean_name(upload.name or "")
        with storing.stored(upload, folder=folder()) as (draft, size, sha256):
            with draft.open("rb") as stream:
                found = files.recognise(cast(BinaryIO, stream), name=name, declared=upload.content_type or "")
            item = Attachment(
                **reference(obj)._asdict(),
                kind=kind,
                name=name,
                extension=found.extension,
                media_type=found.media_type,
                size=size,
                sha256=sha256,
                stored_as=f"{secrets.token_hex(24)}.bin",
                added_by_id=actor.person_id,
                added_on=local_day(now),
            )
            item.save()
            os.replace(draft, folder() / item.stored_as)
    return item


def held(obj: models.Model, *kinds: str) -> QuerySet[Attachment]:
    """Return the files of a case that were not taken out, of these kinds or of all, oldest first."""
    rows = Attachment.objects.filter(**reference(obj)._asdict(), removed_on=None)
    return (rows.filter(kind__in=kinds) if kinds else rows).order_by("added_on", "kind", "id")


def remove(*, actor: Actor, role: str, item: Attachment, now: datetime) -> Attachment:
    """
    Take a file out of a case; this will keep file and row, marked as removed.

    :raises Conflict: it was taken out before
    """
    with acts.act(kind="attachment.remove", actor=actor, role=role, now=now):
        locked = Attachment.objects.select_for_update().get(pk=item.pk)
        if locked.removed_on is not None:
            raise Conflict(_("这个附件已经移除"))
        locked.removed_on = local_day(now)
        locked.save()
    return locked


def open_file(item: Attachment) -> IO[bytes]:
    """
    Open a file; the face serves it as an attachment with nosniff.

    :raises Missing: the file is not there
    """
    path = folder() / item.stored_as
    if not path.is_file():
        raise Missing(_("没有这个附件"))
    return path.open("rb")
