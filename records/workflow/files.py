"""Which files may be stored: what the name says, what the sender says and what the bytes say must agree."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import filetype
from django.utils.translation import gettext as _

from ledger.refusals import Invalid
from records.workflow import writing

MAX_BYTES = 20 * 1024 * 1024
MAX_FILES = 10
HEAD_BYTES = 8192
ZIP_ENTRIES, ZIP_ENTRY_BYTES, ZIP_TOTAL_BYTES, ZIP_RATIO = 1_000, 50 * 1024 * 1024, 100 * 1024 * 1024, 100
ENCRYPTED, SYMLINK = 0x1, 0o120000
OOXML = "application/vnd.openxmlformats-officedocument."
TYPES: dict[str, frozenset[str]] = {
    "pdf": frozenset({"application/pdf"}),
    "jpg": frozenset({"image/jpeg"}),
    "png": frozenset({"image/png"}),
    "docx": frozenset({OOXML + "wordprocessingml.document"}),
    "xlsx": frozenset({OOXML + "spreadsheetml.sheet"}),
    "csv": frozenset({"text/csv", "text/plain", "application/vnd.ms-excel", "application/csv"}),
    "ofd": frozenset({"application/ofd", "application/x-ofd", "application/octet-stream"}),
}
STORED_TYPE = {"csv": "text/csv", "ofd": "application/ofd"}
PART_OF = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml"}
INNER_EXTENSIONS = frozenset(
    [
        "exe",
        "dll",
        "com",
        "bat",
        "cmd",
        "scr",
        "pif",
        "msi",
        "js",
        "jse",
        "vbs",
        "vbe",
        "wsf",
        "ps1",
        "sh",
        "jar",
        "php",
        "py",
        "html",
        "htm",
        "svg",
        "hta",
        "lnk",
        "zip",
        "rar",
        "7z",
    ]
) | frozenset(TYPES)
DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """What a file was found to be."""

    extension: str
    media_type: str


def _refuse(message: str) -> Invalid:
    return Invalid(message, field="evidence")


def clean_name(name: str) -> str:
    """
    Return the name a file may be shown under.

    :raises Invalid: it hides characters, carries a path, a device name or two extensions
    """
    plain = writing.clean(unicodedata.normalize("NFC", name), field="evidence", label=_("文件名"), limit=120)
    if not plain or "/" in plain or "\\" in plain or plain.startswith("."):
        raise _refuse(_("文件名里不能有路径，也不能以点开头"))
    stem, *extensions = plain.split(".")
    if not extensions:
        raise _refuse(_("文件“%s”没有扩展名") % plain)
    if any(part.strip().lower() in INNER_EXTENSIONS for part in extensions[:-1]):
        raise _refuse(_("文件“%s”有两个扩展名，请改名后再上传") % plain)
    if DEVICES.match(stem.strip()):
        raise _refuse(_("“%s”是系统保留的名字，请改名后再上传") % plain)
    return plain


def _extension(name: str) -> str:
    extension = name.rpartition(".")[2].strip().lower()
    extension = "jpg" if extension == "jpeg" else extension
    if extension not in TYPES:
        raise _refuse(_("不收 .%s 文件；可以上传 pdf、jpg、png、docx、xlsx、csv、ofd") % extension[:12])
    return extension


def _zip_problem(archive: zipfile.ZipFile) -> str | None:
    entries = archive.infolist()
    checks: tuple[tuple[bool, str], ...] = (
        (len(entries) > ZIP_ENTRIES, _("压缩包内条目过多")),
        (any(entry.file_size > ZIP_ENTRY_BYTES for entry in entries), _("压缩包内单个文件解开后过大")),
        (sum(entry.file_size for entry in entries) > ZIP_TOTAL_BYTES, _("解开后总大小过大")),
        (any(entry.file_size > ZIP_RATIO * max(entry.compress_size, 1024) for entry in entries), _("压缩比异常")),
        (any(entry.flag_bits & ENCRYPTED for entry in entries), _("内容加密，无法核验")),
        (any((entry.external_attr >> 16) & 0o170000 == SYMLINK for entry in entries), _("内含链接文件")),
        (
            any(".." in entry.filename.split("/") or entry.filename.startswith("/") for entry in entries),
            _("内含越界路径"),
        ),
        (
            any(entry.filename.lower().endswith((".zip", ".rar", ".7z", ".exe", ".dll")) for entry in entries),
            _("内含压缩包或程序"),
        ),
        (any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries), _("内含宏")),
    )
    return next((why for wrong, why in checks if wrong), None)


def _is_package(extension: str) -> Callable[[BinaryIO, bytes], bool]:
    def check(stream: BinaryIO, head: bytes) -> bool:
        """Open the central directory only: nothing is unpacked, so a bomb cannot go off here."""
        if not head.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(stream) as archive:
                if problem := _zip_problem(archive):
                    raise _refuse(_("文件不能收：%s") % problem)
                return PART_OF[extension] in archive.namelist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            return False

    return check


def _is_sniffed(extension: str) -> Callable[[BinaryIO, bytes], bool]:
    def check(_stream: BinaryIO, head: bytes) -> bool:
        guessed = filetype.guess(head)
        return guessed is not None and guessed.mime in TYPES[extension]

    return check


def _is_csv(stream: BinaryIO, head: bytes) -> bool:
    """Accept text only: UTF-8 or GB18030 without control characters, and nothing a sniffer knows as another type."""
    if filetype.guess(head) is not None or b"\x00" in head or head.lstrip()[:1] == b"<":
        return False
    stream.seek(0)
    content = stream.read(MAX_BYTES + 1)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(unicodedata.category(sign) == "Cc" and sign not in "\r\n\t" for sign in set(text))
    return False


CHECKS: dict[str, Callable[[BinaryIO, bytes], bool]] = {
    "pdf": _is_sniffed("pdf"),
    "jpg": _is_sniffed("jpg"),
    "png": _is_sniffed("png"),
    "docx": _is_package("docx"),
    "xlsx": _is_package("xlsx"),
    "ofd": _is_package("ofd"),
    "csv": _is_csv,
}


def recognise(stream: BinaryIO, *, name: str, declared: str) -> Kind:
    """
    Say what the file is, from its name, its declared type and its bytes together.

    :raises Invalid: the type is not on the list, the three do not agree, or the file hides another in itself
    """
    extension = _extension(name)
    declared = declared.partition(";")[0].strip().lower()
    if declared and declared not in TYPES[extension] and declared != "application/octet-stream":
        raise _refuse(_("文件“%(name)s”的扩展名与声明的类型 %(type)s 不一致") % {"name": name, "type": declared[:60]})
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if not CHECKS[extension](stream, head):
        raise _refuse(_("文件“%s”的内容与扩展名不符，可能改过名，不能收") % name)
    stream.seek(0)
    return Kind(extension, STORED_TYPE.get(extension) or next(iter(TYPES[extension])))
