"""The fold: every covered row against its last note, column by column, and every note against a row that is there."""

from __future__ import annotations

from django.db import models

from ledger import coverage, folding
from ledger.folding import Row
from ledger.verification import records
from ledger.verification.findings import Report
from ledger.verification.walk import Walk

EMPTY = {None, "", "{}", "[]", "false", "0"}  # what a column may hold that a migration has added since the last note
Folded = dict[str, str]


def check_rows(walk: Walk, report: Report) -> None:
    """Compare all covered tables with the log, both ways."""
    tables = set()
    for model in coverage.covered_models():
        tables.add(model._meta.db_table)
        _check_table(model, walk, report)
    for table in sorted(walk.notes.keys() - tables):
        if walk.doubtful.issuperset(walk.notes[table].values()):
            continue
        report.add("row.table", table, "", "", "日志记有这张表的行，这张表却已不在核对范围内")


def _check_table(model: type[models.Model], walk: Walk, report: Report) -> None:
    table = model._meta.db_table
    noted = walk.notes.get(table, {})
    seen: set[str] = set()
    for chunk in folding.read_all(model):
        seen.update(row.key for row in chunk)
        told = _told(table, {noted[row.key] for row in chunk if row.key in noted} - walk.doubtful)
        for row in chunk:
            if row.key not in noted:
                report.add("row.without_entry", table, row.key, "", "没有任何条目解释这一行：绕过系统插入")
            elif noted[row.key] not in walk.doubtful:
                _check_row(row, told[noted[row.key], row.key], report)
        report.count("rows", len(chunk))
    for key in sorted(key for key in noted.keys() - seen if noted[key] not in walk.doubtful):
        report.add("entry.without_row", table, key, "", f"第 {noted[key]} 条记有这一行，这一行却不见了：绕过系统删除")


def _told(table: str, positions: set[int]) -> dict[tuple[int, str], Folded]:
    told: dict[tuple[int, str], Folded] = {}
    for position, body in records.bodies_at(positions).items():
        for row in (records.parsed(body) or {}).get("rows", ()):
            if row["table"] == table:
                told[position, row["key"]] = row["columns"]
    return told


def _check_row(row: Row, told: Folded, report: Report) -> None:
    for column, found in folding.folded(row).items():
        if column not in told:
            if row.columns[column] not in EMPTY:
                report.add("row.column_without_entry", row.table, row.key, column, "这一列有值，却没有条目记过它")
        elif told[column] != found:
            report.add("row.column", row.table, row.key, column, "这一列与最后一次记入日志时不同")
