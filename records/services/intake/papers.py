"""Files of a complaint: judged, cleaned, and kept sealed under the case's key; the original goes to the custodian."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from ledger.refusals import Invalid, Missing
from ledger.suites import sealed_box
from records.models import Complaint, ComplaintFile, ComplaintMessage, CustodianKey
from records.models.complaint_thread import folder
from records.services.intake import originals
from records.workflow import files
from records.workflow.intake import metadata, vault
from rules.clock import ZONE, local_day

MOST = 5


@dataclass(frozen=True)
class Paper:
    """A file fit to be kept: what it is, its cleaned bytes, and the original where cleaning changed it."""

    name: str
    kind: files.Kind
    cleaned: bytes
    original: bytes


def judge(uploads: Sequence[UploadedFile[bytes]]) -> list[Paper]:
    """
    This will take files in hand without keeping any.

    :raises Invalid: too many, too large, of a type not taken, not what the name says, or not to be cleaned
    """
    if len(uploads) > MOST:
        raise Invalid(_("一次最多 %d 个文件") % MOST, field="papers")
    return [_judged(upload) for upload in uploads]


def _judged(upload: UploadedFile[bytes]) -> Paper:
    if (upload.size or 0) > files.MAX_BYTES:
        raise Invalid(_("文件超过 20 MB，不能收"), field="papers")
    content = upload.read()
    if not content:
        raise Invalid(_("文件是空的"), field="papers")
    try:
        name = files.clean_name(upload.name or "")
        kind = files.recognise(BytesIO(content), name=name, declared=upload.content_type or "")
        cleaned = metadata.clean(content, extension=kind.extension)
    except Invalid as wrong:
        raise Invalid(wrong.message, field="papers") from wrong
    except metadata.Unreadable as broken:
        raise Invalid(_("有一个文件打不开，可能已损坏，请换一份"), field="papers") from broken
    return Paper(name, kind, cleaned, content)


@contextmanager
def shelf() -> Iterator[list[Path]]:
    """Keep count of the files written; this will take them away again where the act does not come to its end."""
    written: list[Path] = []
    try:
        yield written
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def keep(
    *,
    complaint: Complaint,
    paper: Paper,
    written: list[Path],
    now: datetime,
    message: ComplaintMessage | None = None,
    added_by_id: UUID | None = None,
) -> ComplaintFile:
    """This will write a file under random names, sealed, dated by the day only, and its row inside the open act."""
    sealed = vault.seal(complaint, paper.cleaned, vault.FILE)
    custodian = CustodianKey.objects.filter(retired_on=None).first() if paper.original != paper.cleaned else None
    stored_as, digest = _write(sealed, written, now)
    item = ComplaintFile(
        complaint=complaint,
        message=message,
        name_sealed=vault.seal_text(complaint, paper.name, vault.FILE_NAME),
        extension=paper.kind.extension,
        media_type=paper.kind.media_type,
        size=len(paper.cleaned),
        stored_as=stored_as,
        sha256=digest,
        added_by_id=added_by_id,
        added_on=local_day(now),
    )
    if custodian is not None:
        boxed = sealed_box.put(custodian.public_key, paper.original, purpose=originals.purpose(item))
        item.original_as, item.original_sha256 = _write(boxed, written, now)
    item.save()
    return item


def _write(content: bytes, written: list[Path], now: datetime) -> tuple[str, str]:
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{secrets.token_hex(24)}.bin"
    path = folder() / name
    with path.open("xb") as sink:
        written.append(path)
        sink.write(content)
        sink.flush()
        os.fsync(sink.fileno())
    blur(path, now)
    return name, hashlib.sha256(content).hexdigest()


def blur(path: Path, now: datetime) -> None:
    """This will set a file's times to midnight of the day; done again at night, it moves the inode's own time too."""
    midnight = datetime.combine(local_day(now), time.min, ZONE).timestamp()
    os.utime(path, (midnight, midnight))


def open_file(item: ComplaintFile) -> bytes:
    """
    This will open the cleaned copy of a file; whoever calls has seen that the reader may.

    :raises Missing: the stored bytes are not there
    """
    path = folder() / item.stored_as
    if not path.is_file():
        raise Missing(_("没有这个附件"))
    return vault.unseal(item.complaint, path.read_bytes(), vault.FILE)
