"""Taking a file in: streamed to a random name beside its place to be, measured and hashed on the way."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from ledger.refusals import Invalid
from records.workflow import files


@contextmanager
def stored(upload: UploadedFile[bytes], *, folder: Path) -> Iterator[tuple[Path, int, str]]:
    """
    Write the upload chunk by chunk, so that it can be moved to its name in one step; what is not moved is gone after.

    This will give the draft's path, its size in bytes and its SHA-256 in hex.

    :raises Invalid: it is empty or larger than 20 MB
    """
    if (upload.size or 0) > files.MAX_BYTES:
        raise Invalid(_("文件超过 20 MB，不能收"), field="evidence")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, path = tempfile.mkstemp(dir=folder, prefix=".incoming-")
    draft = Path(path)
    try:
        with os.fdopen(handle, "wb") as sink:
            size, sha256 = _copy(upload, sink)
        yield draft, size, sha256
    finally:
        draft.unlink(missing_ok=True)


def _copy(upload: UploadedFile[bytes], sink: IO[bytes]) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    for chunk in upload.chunks(64 * 1024):
        size += len(chunk)
        if size > files.MAX_BYTES:
            raise Invalid(_("文件超过 20 MB，不能收"), field="evidence")
        digest.update(chunk)
        sink.write(chunk)
    if size == 0:
        raise Invalid(_("文件是空的"), field="evidence")
    sink.flush()
    os.fsync(sink.fileno())
    return size, digest.hexdigest()
