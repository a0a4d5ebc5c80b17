"""Stored files against the digests in their rows, both ways."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ledger import coverage
from ledger.coverage import CoveredFile, FileRoom
from ledger.verification.findings import Report


def check_files(report: Report) -> None:
    """Hash every covered file; where the folder is known, look for files no row names."""
    for name, room in coverage.file_rooms().items():
        known = {_check_file(name, one, report) for one in _rows(room)}
        folder = room.folder() if room.folder else None
        if folder is not None and folder.is_dir():
            _strangers(name, folder, known, report)


def _rows(room: FileRoom) -> list[CoveredFile]:
    return [one if isinstance(one, CoveredFile) else CoveredFile(one[0], one[1], Path(one[2])) for one in room.rows()]


def _check_file(name: str, one: CoveredFile, report: Report) -> Path:
    report.count("files")
    if not one.path.is_file():
        report.add("file.missing", name, one.key, "", "文件不见了")
    else:
        with one.path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != one.sha256:
                report.add("file.changed", name, one.key, "", "文件内容与登记的摘要不同")
    return one.path.resolve()


def _strangers(name: str, folder: Path, known: set[Path], report: Report) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.resolve() not in known:
            report.add("file.stranger", name, path.relative_to(folder), "", "没有任何一行登记过这个文件")
