"""Loads the shipped law into its tables: a second run writes nothing, a changed file becomes a new dated row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from ledger import acts, memory
from ledger.actors import SYSTEM, Actor
from rules import data_files
from rules.clock import local_day
from rules.models import (
    Code,
    Dated,
    DetailForm,
    DisciplinePeriod,
    DisclosurePolicy,
    Origin,
    Parameter,
    SchemeOfSource,
    Unit,
)

TABLES: tuple[type[Dated], ...] = (Parameter, DisclosurePolicy, SchemeOfSource, DisciplinePeriod, Code, DetailForm)
ONE_DAY = timedelta(days=1)
Key = tuple[object, ...]


def load_rules(*, actor: Actor = SYSTEM, folder: Path = data_files.FOLDER, now: datetime) -> int:
    """
    This will bring the tables up to the data files in one act and give the number of rows written; 0 writes no entry.

    A row whose content differs from the one loaded last becomes a new row from its ``valid_from``, or from today where
    that day is taken; the row before it ends the day before. Rows the credit lead office wrote stay as they are. A
    parameter that is shipped no more is read by nobody, so that it ends yesterday, whoever wrote it.

    :raises ValueError: a data file is malformed
    """
    held = _held()
    wanted: dict[Key, list[Dated]] = defaultdict(list)
    for row in data_files.rows(folder):
        wanted[_key(row)].append(row)
    _check_choices(wanted)
    fresh = [row for key, rows in wanted.items() for row in _fresh(held.get(key, []), rows, local_day(now))]
    gone = _gone(held, wanted, yesterday=local_day(now) - ONE_DAY)
    if not fresh and not gone:
        return 0
    with acts.act(kind="rules.load", actor=actor, role="system", now=now):
        for row in gone:
            row.save()
        return write(fresh, held) + len(gone)


def _check_choices(wanted: dict[Key, list[Dated]]) -> None:
    """Let a choice be one of the codes of its list."""
    every = [row for rows in wanted.values() for row in rows]
    known = {(row.list_name, row.code) for row in every if isinstance(row, Code)}
    for row in every:
        if isinstance(row, Parameter) and row.unit == Unit.CHOICE and (row.list_name, row.value) not in known:
            raise ValueError(f"parameters.toml: {row.value!r} of {row.key} is not on the list {row.list_name}")


def _gone(held: dict[Key, list[Dated]], wanted: dict[Key, list[Dated]], *, yesterday: date) -> list[Dated]:
    """The open rows of parameters no file names any more, ended."""
    open_rows = [row for key, rows in held.items() if key not in wanted for row in rows if row.valid_to is None]
    gone: list[Dated] = [row for row in open_rows if isinstance(row, Parameter)]
    for row in gone:
        row.valid_to = max(row.valid_from, yesterday)
    return gone


def write(fresh: Iterable[Dated], held: dict[Key, list[Dated]] | None = None) -> int:
    """This will put new rows into their places in time inside the open act, and give how many rows were written."""
    by_key = held if held is not None else _held()
    changed: dict[int, Dated] = {}
    for row in fresh:
        history = by_key.setdefault(_key(row), [])
        for each in _placed(row, history):
            changed[id(each)] = each
        history.append(row)
    ended = [each for each in changed.values() if each.pk is not None]
    for each in ended:  # first make room: one row of an identity may be open
        each.save()
    for model in TABLES:
        made = [each for each in changed.values() if each.pk is None and isinstance(each, model)]
        model._default_manager.bulk_create(made)
    memory.forget()
    return len(changed)


def _held() -> dict[Key, list[Dated]]:
    held: dict[Key, list[Dated]] = defaultdict(list)
    for model in TABLES:
        for row in model._default_manager.all():
            held[_key(row)].append(row)
    return held


def _key(row: Dated) -> Key:
    return (row._meta.label_lower, *row.identity())


def _fresh(history: list[Dated], rows: list[Dated], today: date) -> list[Dated]:
    """Which rows of a file are new: unknown beginnings, and a last word that differs from the last word loaded."""
    loaded = {row.valid_from: row for row in history if row.origin == Origin.FILE}
    taken = {row.valid_from for row in history}
    ordered = sorted(rows, key=lambda row: row.valid_from)
    fresh = [row for row in ordered[:-1] if row.valid_from not in taken]
    last = ordered[-1]
    newest = max(loaded.values(), key=lambda row: row.valid_from, default=None)
    if newest is None or newest.content() != last.content():
        if last.valid_from in taken:
            last.valid_from = max(today, max(taken) + ONE_DAY)
        fresh.append(last)
    return fresh


def _placed(row: Dated, history: list[Dated]) -> list[Dated]:
    """End the row before the new one, end the new one before its successor; give all rows to be written."""
    written = [row]
    before = max((each for each in history if each.valid_from < row.valid_from), key=_begins, default=None)
    after = min((each for each in history if each.valid_from > row.valid_from), key=_begins, default=None)
    if before is not None and (before.valid_to is None or before.valid_to >= row.valid_from):
        before.valid_to = row.valid_from - ONE_DAY
        written.append(before)
    if after is not None and (row.valid_to is None or row.valid_to >= after.valid_from):
        row.valid_to = after.valid_from - ONE_DAY
    return written


def _begins(row: Dated) -> date:
    return row.valid_from
