"""The fold: every covered row against its last note, column by column, and every note against a row that is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.core.exceptions import ValidationError
from django.db import models

from ledger import batches, coverage, folding
from ledger.folding import Row
from ledger.verification import records, shapes
from ledger.verification.findings import Report
from ledger.verification.walk import Walk

EMPTY = {None, "", "{}", "[]", "false", "0"}  # what a column may hold that a migration has added since the last note
CHUNK = 1000  # rows compared at a time
Folded = dict[str, str]


def check_rows(walk: Walk, report: Report) -> None:
    """Compare all covered tables with the log, both ways."""
    tables = set()
    for model in coverage.covered_models():
        table = model._meta.db_table
        tables.add(table)
        noted = walk.notes.get(table, {})
        for batch in _by_position(noted, walk.doubtful):
            _check_batch(model, batch, report)
        _check_unnoted(model, noted, _day(walk.batched_until), report)
    for table in sorted(walk.notes.keys() - tables):
        if not walk.doubtful.issuperset(walk.notes[table].values()):
            report.add("row.table", table, "", "", "日志记有这张表的行，这张表却已不在核对范围内")


def _by_position(noted: dict[str, int], doubtful: set[int]) -> Iterator[dict[str, int]]:
    """Give the noted keys in the order of the entries that hold them, so that each body is read once."""
    batch: dict[str, int] = {}
    sure = ((key, position) for key, position in noted.items() if position not in doubtful)
    for position, group in groupby(sorted(sure, key=itemgetter(1)), key=itemgetter(1)):
        batch |= {key: position for key, _ in group}
        if len(batch) >= CHUNK:
            yield batch
            batch = {}
    if batch:
        yield batch


def _check_batch(model: type[models.Model], batch: dict[str, int], report: Report) -> None:
    table = model._meta.db_table
    told = _told(table, batch)
    rows = folding.read({model: [key for key in batch if _is_key(model, key)]})
    for key, position in batch.items():
        row = rows.get((table, key))
        if row is None:
            report.add("entry.without_row", table, key, "", f"第 {position} 条记有这一行，这一行却不见了：绕过系统删除")
        else:
            _check_row(row, told[key], report)
    report.count("rows", len(rows))


def _is_key(model: type[models.Model], key: str) -> bool:
    """Tell whether a noted key can be a key of this table at all; an entry slipped in may say anything."""
    field = model._meta.pk
    try:
        return field is not None and str(field.clean(key, None)) == key
    except ValidationError:
        return False


def _told(table: str, batch: dict[str, int]) -> dict[str, Folded]:
    told: dict[str, Folded] = {}
    for position, body in records.bodies_at(set(batch.values())).items():
        for row in shapes.rows_of(records.parsed(body)):
            if row["table"] == table and batch.get(row["key"]) == position:
                told[row["key"]] = row["columns"]
    return told


def _check_row(row: Row, told: Folded, report: Report) -> None:
    for column, found in folding.folded(row).items():
        if column not in told:
            if row.columns[column] not in EMPTY:
                report.add("row.column_without_entry", row.table, row.key, column, "这一列有值，却没有条目记过它")
        elif told[column] != found:
            report.add("row.column", row.table, row.key, column, "这一列与最后一次记入日志时不同")


def _check_unnoted(
    model: type[models.Model], noted: dict[str, int], batched_until: date | None, report: Report
) -> None:
    for keys in folding.all_keys(model):
        unnoted = [key for key in keys if key not in noted]
        waiting = batches.still_waiting(model, unnoted, batched_until)
        if waiting:
            report.count("waiting", len(waiting))
        for key in unnoted:
            report.count("rows")
            if key not in waiting:
                report.add("row.without_entry", model._meta.db_table, key, "", "没有任何条目解释这一行：绕过系统插入")


def _day(text: str) -> date | None:
    """Read the day of a batch; an entry slipped in may say anything, and then no row is excused by it."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return date.max
