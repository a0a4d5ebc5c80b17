"""The details of a commitment as they are read: current values in words, what follows from them, what changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from ledger.actors import Actor
from ledger.refusals import Conflict
from records.models import Commitment, CommitmentDetail
from records.selectors import differences
from records.selectors.differences import Change
from records.workflow.commitments import details as writing
from rules.clock import local_day
from rules.details import derived, reading, spoken
from rules.details.derived import Told
from rules.details.shapes import Form
from rules.details.spoken import Line


@dataclass(frozen=True)
class Version:
    """One version of the history: when, by whom, what changed."""

    version: int
    at: datetime
    who: str
    why: str
    changes: list[Change]


@dataclass(frozen=True)
class Sheet:
    """One form of a commitment: filled in or still empty, and whether the reader may write it."""

    form: Form
    version: int = 0
    lines: list[Line] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    history: list[Version] = field(default_factory=list)
    closed: str = ""  # why the reader may not write


def sheets(*, commitment: Commitment, actor: Actor, now: datetime) -> list[Sheet]:
    """This will give every form that suits the commitment or was filled in for it, in the order of the forms."""
    today = local_day(now)
    refused = writing.refusal(commitment, actor=actor, now=now)
    held = _held(commitment)
    suiting = {form.code: form for form in _suiting(commitment, today)}
    filled = {code: reading.kept(code, valid_from=rows[-1].form_from) for code, rows in held.items()}
    closed = refused.message if refused else ""
    paying = writing.paying_forms(commitment) if isinstance(refused, Conflict) else frozenset()
    forms = {**suiting, **filled}
    ordered = [form for form in reading.forms(on=today) if form.code in forms]
    ordered += [form for code, form in filled.items() if code not in {each.code for each in ordered}]
    return [
        _sheet(forms[form.code], held.get(form.code, []), "" if form.code in paying else closed, today)
        for form in ordered
    ]


def lacking(commitment: Commitment, on: date) -> list[str]:
    """This will name the forms that suit the commitment and were not filled in yet."""
    held = set(commitment.details.values_list("form", flat=True))
    return [form.label for form in _suiting(commitment, on) if form.code not in held]


def current(commitment: Commitment, code: str) -> CommitmentDetail | None:
    """This will give the version of a form that holds, or None."""
    return commitment.details.filter(form=code).order_by("-version").first()


def writable(commitment: Commitment, code: str, on: date) -> Form | None:
    """This will give the form as it is written on a day: today's description if it suits or was filled in before."""
    form = reading.find(code, on=on)
    if form is None:
        return None
    suits = form.suits(areas=commitment.key_areas, kind=commitment.kind)
    return form if suits or commitment.details.filter(form=code).exists() else None


def _suiting(commitment: Commitment, on: date) -> list[Form]:
    return reading.suiting(areas=commitment.key_areas, kind=commitment.kind, on=on)


def _held(commitment: Commitment) -> dict[str, list[CommitmentDetail]]:
    held: dict[str, list[CommitmentDetail]] = {}
    for row in commitment.details.select_related("written_by").order_by("form", "version"):
        held.setdefault(row.form, []).append(row)
    return held


def _sheet(form: Form, rows: list[CommitmentDetail], closed: str, today: date) -> Sheet:
    if not rows:
        return Sheet(form, closed=closed)
    last = rows[-1]
    return Sheet(
        form=form,
        version=last.version,
        lines=spoken.lines(form, last.values, on=today),
        told=derived.told(form, last.values, on=today),
        history=_history(rows, today),
        closed=closed,
    )


def _history(rows: list[CommitmentDetail], today: date) -> list[Version]:
    """Newest first; each version beside the one before it, read by its own description."""
    before: dict[str, object] = {}
    told: list[Version] = []
    for row in rows:
        form = reading.kept(row.form, valid_from=row.form_from)
        turns = spoken.turns(form, before, row.values, on=today) if before else []
        changes = [
            Change(turn.label, turn.label, turn.old, turn.new, differences.pieces(turn.old, turn.new)) for turn in turns
        ]
        why = row.why or (_("第一次填写") if not before else "")
        told.append(Version(row.version, row.written_at, row.written_by.name, why, changes))
        before = row.values
    return told[::-1]
