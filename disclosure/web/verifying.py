"""Is this print-out or screenshot still true? Asked by code, address or document number."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from disclosure import canonical, reading
from disclosure.web import ends, rendering
from ledger.verifier import verify_disclosure
from rules import clock

LONGEST = 300
WHOLE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
CODE = re.compile(r"([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})(?:-([0-9]{1,6}))?", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """What we can say of one paper: ``state`` is valid, changed, ended or unknown."""

    state: str
    document: UUID | None = None
    content: dict[str, Any] | None = None
    asked_version: int | None = None
    ended: reading.Ended | None = None
    why: str = ""


def code_of(document_id: UUID, version: int) -> str:
    """This will give the code a print-out carries: the first twelve signs of the identifier, and the version."""
    signs = document_id.hex[:12]
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}-{version}"


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Answer whether a paper still holds: valid, corrected since, ended, or not ours."""
    asked = unicodedata.normalize("NFKC", request.GET.get("code", "")).replace("\x00", "").strip()[:LONGEST]
    today = clock.local_day(clock.now())
    with reading.reader() as alias:
        tag = rendering.tag_of(request, alias)
        if same := rendering.unchanged(request, tag):
            return same
        context = {"current": "verify", "asked": asked, "findings": _findings(asked, today, alias) if asked else []}
        return rendering.page(request, "public/verify.html", context, alias=alias, tag=tag, robots=rendering.NOINDEX)


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """Give the one-file checker that needs neither this site nor a network."""
    response = HttpResponse(Path(verify_disclosure.__file__).read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify_disclosure.py"'
    response["X-Robots-Tag"] = rendering.NOINDEX
    return rendering.stamped(response, "")


def _findings(asked: str, today: date, alias: str) -> list[Finding]:
    readings: tuple[Callable[[str, date, str], list[Finding]], ...] = (_by_identifier, _by_code, _by_number)
    for read in readings:
        if found := read(asked, today, alias):
            return found
    return [Finding("unknown")]


def _by_identifier(asked: str, today: date, alias: str) -> list[Finding]:
    whole = WHOLE.search(asked)
    return [_of(UUID(whole.group()), None, today, alias)] if whole else []


def _by_code(asked: str, today: date, alias: str) -> list[Finding]:
    """A code names a document by the head of its identifier; two documents may share it, so all are shown."""
    told = CODE.fullmatch(asked.replace(" ", ""))
    if not told:
        return []
    head = "".join(told.group(1, 2, 3)).lower()
    first, last = UUID(head + "0" * 20), UUID(head + "f" * 20)
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT id FROM disclosure_shown WHERE id BETWEEN %s AND %s"
            " UNION SELECT document FROM ledger_tombstone WHERE document BETWEEN %s AND %s"
            " UNION SELECT id FROM disclosure_overdue WHERE id BETWEEN %s AND %s LIMIT 5",
            [str(first), str(last)] * 3,
        )
        found = [row[0] for row in cursor.fetchall()]
    version = int(told.group(4)) if told.group(4) else None
    return [_of(each, version, today, alias) for each in found] or [Finding("unknown")]


def _by_number(asked: str, today: date, alias: str) -> list[Finding]:
    """A document number is only known while the document is shown; afterwards it is gone with the rest."""
    number = re.sub(r"\s+", "", asked.translate(str.maketrans("[]()（）【】", "〔〕〔〕〔〕〔〕")))
    rows = reading.visible(on=today).using(alias).filter(number=number).only("id")[:5]
    return [_of(row.pk, None, today, alias) for row in rows]


def _of(document_id: UUID, version: int | None, today: date, alias: str) -> Finding:
    row = reading.visible(on=today).using(alias).filter(pk=document_id).only("id", "version", "body").first()
    if row is None:
        ended = reading.ended(document_id, on=today)
        why = str(ends.NAMES[ended.kind]) if ended else ""
        return Finding("ended", document_id, ended=ended, why=why) if ended else Finding("unknown")
    content = canonical.decode(row.body)
    is_older = version is not None and version < row.version
    is_forged = version is not None and version > row.version
    state = "unknown" if is_forged else "changed" if is_older else "valid"
    return Finding(state, document_id, content if state != "unknown" else None, version)
