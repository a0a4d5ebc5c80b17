"""Files lose what tells on their sender before anybody reads them: camera, place, author, dates, paths (security 2.6)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pikepdf

SOI, EOI, SOS, APP0, APP14, COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xEE, 0xFE
BARE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
PNG_MARK = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT"})
PDF_TELLING = frozenset(
    "/Metadata /PieceInfo /LastModified /OpenAction /AA /JS /JavaScript /EmbeddedFiles /AF /Launch /Thumb".split()
)
PDF_ANNOTATION = frozenset({"/T", "/M", "/CreationDate", "/NM", "/A"})
LONG_AGO = (1980, 1, 1, 0, 0, 0)
EMPTY_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
EMPTY_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
EMPTY_CUSTOM = EMPTY_APP.replace(b"extended-properties", b"custom-properties")
REPLACED = {"docProps/core.xml": EMPTY_CORE, "docProps/app.xml": EMPTY_APP, "docProps/custom.xml": EMPTY_CUSTOM}
# Who wrote and changed, and where the file lay: attributes and elements of Word, Excel and OFD.
NAMES = (
    (
        re.compile(
            rb'(\b(?:w:author|w:initials|w15:author|userName|displayName|userId|providerId|w15:userId)=")[^"]*"'
        ),
        rb'\1"',
    ),
    (re.compile(rb'(\bw:date=")[^"]*"'), rb'\g<1>2000-01-01T00:00:00Z"'),
    (re.compile(rb"<x15ac:absPath\b[^>]*/>"), b""),
    (re.compile(rb"(<author>)[^<]*(</author>)"), rb"\1\2"),
    (re.compile(rb"(<ofd:(?:Author|Creator|CreationDate|ModDate|CreatorVersion|CustomData)\b[^>]*>)[^<]*"), rb"\1"),
)


class Unreadable(ValueError):
    """The file breaks off or is not what its type demands; it cannot be cleaned."""


def clean(content: bytes, *, extension: str) -> bytes:
    """
    This will give the file without what it tells beside its content.

    :raises Unreadable: it cannot be taken apart
    """
    cleaner = CLEANERS.get(extension)
    return cleaner(content) if cleaner else content


def _jpg(content: bytes) -> bytes:
    if content[:2] != b"\xff\xd8":
        raise Unreadable("no start of image")
    kept, place = bytearray(b"\xff\xd8"), 2
    while True:
        marker, place = _jpg_marker(content, place)
        if marker == EOI:
            return bytes(kept + b"\xff\xd9")  # what hangs behind the end is dropped
        if marker in BARE:
            kept += bytes((0xFF, marker))
            continue
        end = place + int.from_bytes(content[place : place + 2], "big")
        if end > len(content) or end < place + 2:
            raise Unreadable("a segment breaks off")
        if not (APP0 < marker <= 0xEF and marker != APP14) and marker != COM:
            kept += bytes((0xFF, marker)) + content[place:end]
        place = end
        if marker == SOS:
            end = _scan_end(content, place)
            kept += content[place:end]
            place = end


def _jpg_marker(content: bytes, place: int) -> tuple[int, int]:
    while place + 1 < len(content) and content[place] == 0xFF and content[place + 1] == 0xFF:
        place += 1
    if place + 1 >= len(content) or content[place] != 0xFF:
        raise Unreadable("no marker where one must stand")
    return content[place + 1], place + 2


def _scan_end(content: bytes, place: int) -> int:
    """Where the picture's own data end: at the next marker that is neither stuffing nor a restart."""
    while (place := content.find(b"\xff", place)) >= 0:
        if place + 1 >= len(content):
            break
        if content[place + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return place
        place += 1 if content[place + 1] == 0xFF else 2
    raise Unreadable("the picture breaks off")


def _png(content: bytes) -> bytes:
    if not content.startswith(PNG_MARK):
        raise Unreadable("no PNG")
    kept, place = bytearray(PNG_MARK), len(PNG_MARK)
    while place + 12 <= len(content):
        end = place + 12 + int.from_bytes(content[place : place + 4], "big")
        name = content[place + 4 : place + 8]
        if end > len(content):
            break
        if name in PNG_KEPT:
            kept += content[place:end]
        if name == b"IEND":
            return bytes(kept)
        place = end
    raise Unreadable("the picture breaks off")


def _package(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as former:
            return _packed(former)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, RuntimeError) as broken:
        raise Unreadable("the package cannot be opened") from broken


def _packed(former: zipfile.ZipFile) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in former.infolist():
            if entry.is_dir():
                continue
            part = zipfile.ZipInfo(entry.filename, LONG_AGO)
            part.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(part, _part(entry.filename, former.read(entry)))
    return sink.getvalue()


def _part(name: str, content: bytes) -> bytes:
    if name in REPLACED:
        return REPLACED[name]
    extension = name.rpartition(".")[2].lower()
    if name.startswith(("docProps/", "customXml/")):
        return b"" if extension != "xml" else b"<empty/>"
    if extension in ("jpg", "jpeg", "png"):
        return _picture(content, "jpg" if extension != "png" else "png")
    if extension in ("xml", "rels"):
        for pattern, replacement in NAMES:
            content = pattern.sub(replacement, content)
    return content


def _picture(content: bytes, extension: str) -> bytes:
    try:
        return CLEANERS[extension](content)
    except Unreadable:
        return b""  # a broken picture inside a document shows nothing, and tells nothing


def _pdf(content: bytes) -> bytes:
    """Write the document anew without author, dates, XMP, scripts, embedded files and the names of those who annotated it."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return _rewritten(document)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, RuntimeError) as broken:
        raise Unreadable("the PDF cannot be taken apart") from broken


def _rewritten(document: pikepdf.Pdf) -> bytes:
    if document.is_encrypted:
        raise Unreadable("the PDF is locked")
    for name in ("/Info", "/ID"):
        if name in document.trailer:
            del document.trailer[name]
    for held in document.objects:
        if isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
            _strip(held)
    sink = io.BytesIO()
    document.save(sink, static_id=True)
    return sink.getvalue()


def _strip(held: Any) -> None:
    told = PDF_ANNOTATION if held.get("/Subtype") is not None and "/Rect" in held else frozenset()
    for name in (PDF_TELLING | told) & set(held.keys()):
        del held[name]
    if isinstance(held, pikepdf.Stream) and held.get("/Filter") == pikepdf.Name.DCTDecode:
        held.write(_jpg(held.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)


CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "jpg": _jpg,
    "png": _png,
    "docx": _package,
    "xlsx": _package,
    "ofd": _package,
    "pdf": _pdf,
}
