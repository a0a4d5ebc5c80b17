"""The cells of a small list: pasted text, CSV in UTF-8 or GB18030, or the first sheet of an xlsx, without a spreadsheet engine."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast
from xml.etree import ElementTree

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from ledger.refusals import Invalid
from records.workflow import files

MOST_BYTES = 2 * 1024 * 1024
MOST_PART_BYTES = 8 * 1024 * 1024
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ODD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
Row = tuple[int, list[str]]


def of_text(text: str) -> Iterator[Row]:
    """Give the rows of pasted text: cells parted by tabs, commas or semicolons, as they come out of a spreadsheet."""
    for place, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        cells = [cell.strip() for cell in re.split(r"[\t,;，；]", line)]
        if any(cells):
            yield place, cells


def of_file(upload: UploadedFile[bytes]) -> list[Row]:
    """
    Give the rows of a CSV or xlsx file.

    :raises Invalid: it is too large, no such file, or cannot be read
    """
    if (upload.size or 0) > MOST_BYTES:
        raise Invalid(_("名单文件超过 2 MB，不能收；名单最多 500 行"), field="file")
    stream = io.BytesIO(upload.read())
    name = files.clean_name(upload.name or "")
    try:
        found = files.recognise(cast(BinaryIO, stream), name=name, declared=upload.content_type or "")
    except Invalid as wrong:
        raise Invalid(wrong.message, field="file") from wrong
    if found.extension == "csv":
        return list(_csv(stream.getvalue()))
    if found.extension == "xlsx":
        return _xlsx(stream)
    raise Invalid(_("名单只收 csv 或 xlsx 文件"), field="file")


def _csv(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    for place, cells in enumerate(csv.reader(io.StringIO(text)), start=1):
        told = [cell.strip() for cell in cells]
        if any(told):
            yield place, told


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid(_("文件的文字编码认不出，请另存为 UTF-8 再上传"), field="file")


def _xlsx(stream: io.BytesIO) -> list[Row]:
    """The first sheet only; what could expand while it is read is refused before it is."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = sorted(name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
            if not names:
                raise Invalid(_("文件里没有工作表"), field="file")
            shared = _shared(archive)
            sheet = _part(archive, "xl/worksheets/sheet1.xml" if "xl/worksheets/sheet1.xml" in names else names[0])
            return list(_rows(sheet, shared))
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, IndexError) as broken:
        raise Invalid(_("文件已损坏，无法读取"), field="file") from broken


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > MOST_PART_BYTES:
        raise Invalid(_("名单文件解开后过大，不能收"), field="file")
    content = archive.read(name)
    if ODD.search(content):
        raise Invalid(_("文件内含不允许的定义，不能收"), field="file")
    return ElementTree.fromstring(content)  # noqa: S314  no DOCTYPE gets here, so nothing can expand


def _shared(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_words(item) for item in _part(archive, "xl/sharedStrings.xml").iter(f"{MAIN}si")]


def _words(item: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in item.iter(f"{MAIN}t"))


def _rows(sheet: ElementTree.Element, shared: list[str]) -> Iterator[Row]:
    for place, row in enumerate(sheet.iter(f"{MAIN}row"), start=1):
        cells = [_cell(cell, shared).strip() for cell in row.iter(f"{MAIN}c")]
        if any(cells):
            yield int(row.get("r") or place), cells


def _cell(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _words(cell)
    value = cell.findtext(f"{MAIN}v") or ""
    return shared[int(value)] if cell.get("t") == "s" else value
