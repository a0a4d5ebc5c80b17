"""Uploads of reporters stay in memory until they are sealed: no temporary file of theirs ever lies on a disk in the clear."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, UploadFileException
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from ledger.refusals import Invalid
from records.workflow import files

MOST_BODY = 64 * 1024 * 1024
MOST_KEPT = 40 * 1024 * 1024
BROKEN = (
    RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError, UploadFileException, UnreadablePostError,
)  # fmt: skip


class InMemory(FileUploadHandler):
    """Keep files in memory up to the limits; what goes beyond is read and let go, so that the typed text is not lost."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        """This will start with nothing kept."""
        super().__init__(request)
        self.kept, self.sink, self.size = 0, BytesIO(), 0

    def new_file(self, *args: Any, **rest: Any) -> None:
        """This will begin a file."""
        super().new_file(*args, **rest)
        self.sink, self.size = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """This will keep a chunk, unless file or form is too large already."""
        self.size += len(raw_data)
        if self.size <= files.MAX_BYTES and self.kept + self.size <= MOST_KEPT:
            self.sink.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """This will give the file; of one that was too large only its size is left."""
        self.kept += min(self.size, MOST_KEPT)
        is_whole = self.sink.tell() == self.size
        content: IO[bytes] = self.sink if is_whole else BytesIO()
        content.seek(0)
        size = self.size if is_whole else max(self.size, files.MAX_BYTES + 1)
        return InMemoryUploadedFile(
            content, self.field_name, self.file_name or "", self.content_type or "", size, self.charset
        )


def read(request: HttpRequest) -> None:
    """
    Read a form's body; this will leave fields and files on the request.

    :raises Invalid: it is larger than this site takes at all, or cannot be read
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BODY:
        raise Invalid(_("提交的内容太大：附件合计不能超过 40 MB"))
    request.upload_handlers = [InMemory(request)]
    try:
        request.POST  # noqa: B018 - reading is what parses it
    except BROKEN as broken:
        raise Invalid(_("提交的内容太大或不完整，没有收到。请减少文字或附件后再试")) from broken
