"""
Write, mark, correct and end public documents: the only door through which anything becomes, or stops being, public.

Every function joins the act that is open, so the case, the public copy and the public log entry stand or fall together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from disclosure import canonical, haystacks, wording
from disclosure.models import Document
from ledger import acts
from ledger.refusals import Conflict, Invalid, Missing, Stale
from rules import clock

REPAIRED, SUSPENDED = "repaired", "suspended"
KINDS_OF_END = ("withdrawn", "expired", REPAIRED, "stopped", "delisted", SUSPENDED)
"""Two of them can be undone: a repair got by a false promise, and the suspension while an objection is open."""


@dataclass(frozen=True)
class PublicDocument:
    """
    What is to be shown, already masked.

    ``fields`` holds strings and integers only, in the order the page shows: ``organ`` (who decided), ``paragraphs`` (list
    of texts), ``points`` (list of ``{"label", "text"}``) and ``history`` (list of ``{"day", "title", "note"}``, ISO days).
    ``why`` holds ``basis``, ``clause``, ``start``, ``last_day``, ``decided_by``, ``repair_from`` (ISO days, "" where there is
    none) and ``ends_earlier`` (a text or a list of texts).
    """

    id: UUID
    version: int
    kind: str
    number: str
    title: str
    department_uscc: str
    department_name: str
    division_code: str
    ancestors: tuple[str, ...]
    areas: tuple[str, ...]
    source_type: str
    severity: str
    decided_on: date
    visible_from: date
    visible_until: date
    fields: Mapping[str, Any] = field(default_factory=dict)
    why: Mapping[str, Any] = field(default_factory=dict)
    is_person: bool = False


def publish(*, document: PublicDocument, now: datetime) -> Document:
    """
    This will show the document to everyone from this act on, until the end of its last day (Asia/Shanghai).

    A mark or a correction note that the former version bore stays on it.

    :raises Invalid: today is outside the period given (nothing is ever published ahead of its first day)
    :raises Stale: a version as new as this one is already public
    :raises Conflict: the document has ended; what has ended never returns under the same address
    """
    return _write(document, entry="publish", correction="", now=now)


def renew(*, document: PublicDocument, now: datetime) -> Document:
    """
    This will put the next version of a living document in the place of the one shown: its matter went on, nothing was wrong.

    :raises Missing: it was never public
    :raises Invalid: today is outside the period
    :raises Stale: a version as new as this one is already public
    :raises Conflict: the document has ended
    """
    if not Document.objects.filter(pk=document.id).exists():
        raise Missing(wording.never_public())
    return _write(document, entry="renew", correction="", now=now)


def restore(*, document: PublicDocument, now: datetime) -> Document:
    """
    This will show a document again whose end by repair was revoked, as a new version under the same address.

    Its first and last day stay those it had; marks and correction notes went with the former content.

    :raises Missing: it was never public
    :raises Conflict: it is public, or ended otherwise than by repair
    :raises Stale: the version is not newer than the one that ended
    :raises Invalid: today is outside the period
    """
    former = _returning(document, REPAIRED, wording.not_repaired())
    return _fill(former, document, entry="restore", correction="", now=now)


def resume(*, document: PublicDocument, corrections: Sequence[tuple[date, str]] = (), now: datetime) -> Document:
    """
    This will show a document again that was suspended because of an objection, as a new version under the same address.

    Its first and last day stay those it had: the days of the suspension are not given back.

    :param corrections: day and words of every correction since it was first shown, oldest first
    :raises Missing: it was never public
    :raises Conflict: it is public, or ended otherwise than by suspension
    :raises Stale: the version is not newer than the one that ended
    :raises Invalid: today is outside the period
    """
    former = _returning(document, SUSPENDED, wording.not_suspended())
    return _fill(former, document, entry="resume", correction="", now=now, corrected=corrections)


def _returning(document: PublicDocument, kind: str, otherwise: str) -> Document:
    former = _locked(document.id)
    if former is None:
        raise Missing(wording.never_public())
    if former.ended_kind != kind:
        raise Conflict(otherwise)
    if document.version <= former.version:
        raise Stale(wording.older_than_public(document.version, former.version))
    former.ended_on, former.ended_kind = None, ""
    return former


def correct(*, document: PublicDocument, what: str, now: datetime) -> Document:
    """
    This will replace the public text by a corrected one and say on the page what was corrected, without repeating it.

    :raises Invalid: no words say what was corrected, or today is outside the period
    :raises Stale: a version as new as this one is already public
    :raises Conflict: the document has ended
    :raises Missing: it was never public
    """
    if not what.strip():
        raise Invalid(wording.correction_without_words(), field="what")
    if not Document.objects.filter(pk=document.id).exists():
        raise Missing(wording.never_public())
    return _write(document, entry="correct", correction=what.strip(), now=now)


def mark(*, document_id: UUID, version: int, marked: bool, since: date, now: datetime) -> Document:
    """
    This will put the notice 异议处理中 on the page, or take it off, as a new version of the same text.

    :param since: the day the objection was accepted; only shown while marked
    :raises Missing: it was never public
    :raises Conflict: it has ended
    :raises Stale: a version as new as this one is already public
    """
    row = _locked(document_id)
    if row is None:
        raise Missing(wording.never_public())
    _check_newer(row, version)
    content = canonical.decode(row.body)
    content |= {"version": version, "objected_since": since.isoformat() if marked else ""}
    row.version, row.marked_on, row.body = version, since if marked else None, canonical.encode(content)
    row.save()
    _log(row, entry="mark", now=now)
    return row


def end(*, document_id: UUID, version: int, kind: str, now: datetime) -> Document:
    """
    This will take all content away at once and leave a page that says on which day and why it ended, and no name.

    A suspension gives way to every other end, and a repair that is undone while an objection is open to a suspension.

    :param kind: ``withdrawn`` 撤销, ``expired`` 期满, ``repaired`` 信用修复, ``stopped`` 停止公示, ``delisted`` 法院移出名单
        or ``suspended`` 异议期间暂停
    :raises Missing: it was never public
    :raises Conflict: it has already ended
    """
    if kind not in KINDS_OF_END:
        raise ValueError(f"A document ends by one of {KINDS_OF_END}, not {kind!r}.")
    row = _locked(document_id)
    if row is None:
        raise Missing(wording.never_public())
    if row.ended_on is not None and not _gives_way(row.ended_kind, kind):
        raise Conflict(wording.already_ended())
    for name, value in EMPTY.items():
        setattr(row, name, list(value) if isinstance(value, list) else value)
    row.version, row.ended_on, row.ended_kind = version, _day_of_end(row, kind, now), kind
    row.save()
    acts.current().bury(document=row.id, version=version, kind=kind, day=row.ended_on)
    return row


def is_open(*, document_id: UUID) -> bool:
    """This will say whether there is a page that an end would still change: one that is shown or only suspended."""
    held = Document.objects.filter(pk=document_id)
    return held.filter(Q(ended_on=None) | Q(ended_kind=SUSPENDED)).exists()


def _gives_way(former: str, kind: str) -> bool:
    return kind != former and (former == SUSPENDED or (former, kind) == (REPAIRED, SUSPENDED))


EMPTY: dict[str, Any] = {
    "number": "", "title": "", "department_uscc": "", "department_name": "", "division_code": "", "source_type": "",
    "severity": "", "body": "", "haystack": "", "ancestors": [], "areas": [], "grams": [], "decided_on": None,
    "marked_on": None, "corrected_on": None,
}  # fmt: skip


def _day_of_end(row: Document, kind: str, now: datetime) -> date:
    """An expiry ended with its last public day, however late the nightly run was; everything else ends today."""
    today = clock.local_day(now)
    return min(row.visible_until, today) if kind == "expired" else today


def _write(document: PublicDocument, *, entry: str, correction: str, now: datetime) -> Document:
    former = _locked(document.id)
    if former is not None:
        _check_newer(former, document.version)
    return _fill(former, document, entry=entry, correction=correction, now=now)


def _fill(
    former: Document | None,
    document: PublicDocument,
    *,
    entry: str,
    correction: str,
    now: datetime,
    corrected: Sequence[tuple[date, str]] = (),
) -> Document:
    today = clock.local_day(now)
    if not document.visible_from <= today <= document.visible_until:
        raise Invalid(wording.outside_period(document.visible_from, document.visible_until), field="visible_from")
    row = former or Document(id=document.id)
    before = canonical.decode(former.body) if former and former.body else {}
    notes = [*before.get("corrections", []), *_notes([*corrected, (today, correction)])]
    content = _content(document, before.get("objected_since", ""), notes)
    for name in COPIED:
        setattr(row, name, getattr(document, name))
    row.ancestors, row.areas = list(document.ancestors), list(document.areas)
    row.corrected_on = date.fromisoformat(notes[-1]["day"]) if notes else None
    row.body = canonical.encode(content)
    row.haystack, row.grams = haystacks.of(row, content)
    row.save(force_insert=former is None)
    _log(row, entry=entry, now=now)
    return row


COPIED = (
    "version", "kind", "number", "title", "department_uscc", "department_name", "division_code", "source_type", "severity",
    "decided_on", "visible_from", "visible_until", "is_person",
)  # fmt: skip


def _notes(told: Sequence[tuple[date, str]]) -> list[dict[str, str]]:
    return [{"day": day.isoformat(), "what": what} for day, what in told if what]


def _content(document: PublicDocument, objected_since: str, corrections: list[dict[str, str]]) -> dict[str, Any]:
    """The public value of the document: what the page shows, the API answers and the log hashes."""
    return {
        "id": str(document.id),
        "version": document.version,
        "kind": document.kind,
        "number": document.number,
        "title": document.title,
        "department": {
            "code": document.department_uscc,
            "name": document.department_name,
            "division": document.division_code,
            "ancestors": list(document.ancestors),
        },
        "areas": [wording.coded("key_area", code, document.decided_on) for code in document.areas],
        "source_type": wording.coded("source_type", document.source_type, document.decided_on),
        "severity": wording.coded("severity", document.severity, document.decided_on),
        "decided_on": document.decided_on.isoformat(),
        "visible_from": document.visible_from.isoformat(),
        "visible_until": document.visible_until.isoformat(),
        "objected_since": objected_since,
        "corrections": corrections,
        "fields": dict(document.fields),
        "why": dict(document.why),
    }


def _locked(document_id: UUID) -> Document | None:
    return Document.objects.select_for_update().filter(pk=document_id).first()


def _check_newer(row: Document, version: int) -> None:
    if row.ended_on is not None:
        raise Conflict(wording.already_ended())
    if version <= row.version:
        raise Stale(wording.older_than_public(version, row.version))


def _log(row: Document, *, entry: str, now: datetime) -> None:
    acts.current().publish(kind=entry, document=row.id, version=row.version, body=row.body.encode(), now=now)
