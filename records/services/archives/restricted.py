"""The four restricted parts of an official's archive: written and read by personnel of his department, every reading an entry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts import policy, recusals
from accounts.models import Official, User
from ledger import acts
from ledger.refusals import Invalid, NotAllowed, Refused
from ledger.suites import seal
from records.models import IntegrityArchive, RestrictedKind, RestrictedPart, RestrictedReading
from records.workflow import writing
from rules import codes
from rules.clock import local_day

TABLE, COLUMN = "records_restrictedpart", "text_sealed"
LONGEST, SHORTEST_REASON = 4000, 4
PER_HOUR = 20
"""How many parts one person may read within an hour."""


class TooMany(Refused):
    """The person has read as many parts as an hour allows."""

    status = 429
    code = "too_many"


@dataclass(frozen=True)
class Opened:
    """One entry in clear, for this one answer."""

    year: int
    text: str
    written_at: datetime


def write(*, actor: User, archive: IntegrityArchive, kind: str, year: int, text: str, now: datetime) -> RestrictedPart:
    """
    Add a sealed entry to a part; this will never change an older one.

    :raises NotAllowed: the actor is not of the personnel of the official's own department, or is tied to him
    :raises Invalid: part, year or text is not acceptable
    """
    with _by_personnel(actor, archive, "archive.write_restricted", now=now):
        _check_kind(kind)
        if not 1949 <= year <= local_day(now).year:
            raise Invalid(_("年份应在 1949 年至今年之间"), field="year")
        plain = writing.required(text, field="text", label=_("内容"), limit=LONGEST)
        part = RestrictedPart(
            archive=archive,
            kind=kind,
            year=year,
            text_sealed=seal.seal(plain, table=TABLE, column=COLUMN),
            written_by_id=actor.person_id,
            written_at=now,
        )
        part.save()
    return part


def read(
    *, actor: User, archive: IntegrityArchive, kind: str, purpose: str, reason: str, now: datetime
) -> list[Opened]:
    """
    Return a part's entries in clear, newest year first; this will write down who looked, for what and why.

    :raises NotAllowed: the actor is not of the personnel of the official's own department, or is tied to him
    :raises Invalid: no purpose of the list, or a reason of fewer than 4 characters
    :raises TooMany: past 20 readings an hour
    """
    with _by_personnel(actor, archive, "archive.read_restricted", now=now, reason=reason) as official:
        _check_kind(kind)
        if codes.find("archive_reading_purpose", purpose, local_day(now)) is None:
            raise Invalid(_("请选择查看的用途"), field="purpose")
        words = writing.required(reason, field="reason", label=_("理由"), limit=200, least=SHORTEST_REASON, lines=False)
        _check_rate(actor, now)
        RestrictedReading(
            archive=archive,
            kind=kind,
            viewer_id=actor.person_id,
            department=official.department,
            department_name=official.department.name,
            purpose=purpose,
            reason=words,
            read_at=now,
        ).save()
        entries = list(archive.restricted.filter(kind=kind).order_by("-year", "-written_at"))
    return [
        Opened(each.year, seal.unseal(each.text_sealed, table=TABLE, column=COLUMN), each.written_at)
        for each in entries
    ]


@contextmanager
def _by_personnel(
    actor: User, archive: IntegrityArchive, kind: str, *, now: datetime, reason: str = ""
) -> Iterator[Official]:
    """Open the act for personnel of the official's department of today; whoever is tied to him stays away."""
    with acts.act(kind=kind, actor=actor, role="personnel", obj=archive, now=now, reason=reason):
        official = archive.official
        if official is None:
            raise Invalid(_("单位档案没有限制内容"), field="kind")
        verdict = policy.allows(user=actor, name="archive.restricted", now=now, department=official.department)
        if not verdict.allowed:
            raise NotAllowed(verdict.reason)
        tie = recusals.between(
            person_id=actor.person_id, department=None, subject_person_id=official.person_id, now=now
        )
        if tie:
            raise NotAllowed(tie)
        yield official


def _check_kind(kind: str) -> None:
    if kind not in RestrictedKind.values:
        raise Invalid(_("请选择限制内容的种类"), field="kind")


def _check_rate(actor: User, now: datetime) -> None:
    since = now - timedelta(hours=1)
    read_before = RestrictedReading.objects.filter(viewer_id=actor.person_id, read_at__gt=since, read_at__lte=now)
    if read_before.count() >= PER_HOUR:
        raise TooMany(_("一小时内最多查看 %(limit)d 次，请稍后再试") % {"limit": PER_HOUR})
