"""One walk over the whole log: gaps, leaves, the tree, heads, superseded bodies; and where each row was noted last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ledger import batches, folding, heads, stored
from ledger.drafts import END
from ledger.tree import Growth, Place
from ledger.verification import entries, records, shapes
from ledger.verification.entries import BODY, ENTRY, Promise
from ledger.verification.findings import Report
from ledger.verification.heads import ExpectedHeads
from ledger.verification.records import Record


@dataclass(frozen=True)
class Standing:
    """The last public entry of a document."""

    position: int
    version: int
    is_end: bool
    has_body: bool


@dataclass
class Walk:
    """What the walk carries from entry to entry, and what it leaves for the checks after it."""

    report: Report
    expected: ExpectedHeads
    growth: Growth = field(default_factory=Growth)
    clock: bytes = heads.CLOCK_START
    notes: dict[str, dict[str, int]] = field(default_factory=dict)  # table -> key -> position of the last note
    documents: dict[str, Standing] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)  # private entries whose body cannot be trusted
    batched_until: str = ""  # the last day a batch has covered
    next: int = 0  # the position that should come now
    is_whole: bool = True  # no gap so far, so that tree and heads can be recomputed
    _acts_are_lost: bool = False  # the last private entry's body could not be trusted
    _promises: dict[int, Promise] = field(default_factory=dict)
    _former_time: datetime | None = None

    def run(self) -> None:
        """Walk from the first entry to the last."""
        self.expected.check(self.growth, self.clock, self.report)
        for chunk in records.all_records():
            finished: list[tuple[Place, bytes]] = []
            for record in chunk:
                finished += self._step(record)
            self._check_nodes(finished)
            self.report.count("entries", len(chunk))
        for position in sorted(self._promises):
            self.report.add("entry.missing", ENTRY, position, "position", "行为里记下的公开条目不在日志里")
        for table, position in records.strangers():
            self.report.add("entry.stranger", table, position, "position", "这个位置没有条目")
        self._check_standing()
        self.expected.check_beyond(self.next, self.report)

    def _step(self, record: Record) -> Sequence[tuple[Place, bytes]]:
        if record.position != self.next:
            self._report_gap(record.position)
        self.next = record.position + 1
        promise = self._promises.pop(record.position, None)
        leaf = entries.true_leaf(record, promise, self.report)
        if promise is None:
            self._private(record)
        else:
            entries.check_public(record, promise, self.report)
            said = promise.said
            self._supersede(record, said["document"], said["version"], is_end=said["kind"] == END)
        self._check_time(record)
        return self._grow(record, leaf) if self.is_whole else ()

    def _grow(self, record: Record, leaf: bytes) -> Sequence[tuple[Place, bytes]]:
        finished = self.growth.add(leaf)
        clock = heads.clock_of(self.clock, record.position, record.recorded_at)
        self.clock = self.expected.check(self.growth, clock, self.report)
        return finished

    def _report_gap(self, position: int) -> None:
        if position < self.next:
            self.report.add("entry.position", ENTRY, position, "position", "位置为负")
        for missing in range(self.next, min(position, self.next + 20)):
            self.report.add("entry.missing", ENTRY, missing, "position", "这个位置的条目不见了，其后的树与树头无法重算")
        self.is_whole = False

    def _private(self, record: Record) -> None:
        if self._acts_are_lost and record.is_public and record.document and record.version is not None:
            # Its act's body was changed (and reported), so only its own columns can tell what this entry is.
            self._supersede(record, record.document, record.version, is_end=record.stone is not None)
            return
        said = entries.check_private(record, self.report)
        self._acts_are_lost = said is None or not entries.is_whole(record)
        if self._acts_are_lost or said is None:
            self.doubtful.add(record.position)
            self._note(record.position, shapes.rows_of(said))
            return
        if said["fold"] != folding.key_name():
            self.doubtful.add(record.position)
            self.report.add(
                "entry.fold_key", BODY, record.position, "body", "条目用另一把折叠密钥写成，无法核对它记下的行"
            )
        self._note(record.position, said["rows"])
        if said["kind"] == batches.KIND:
            self.batched_until = max(self.batched_until, said["object"][1])
        for offset, public in enumerate(said["public"], start=1):
            self._promises[record.position + offset] = Promise(public, said)

    def _note(self, position: int, rows: Sequence[dict[str, Any]]) -> None:
        for row in rows:
            self.notes.setdefault(row["table"], {})[row["key"]] = position

    def _supersede(self, record: Record, document: str, version: int, *, is_end: bool) -> None:
        former = self.documents.get(document)
        if former and former.has_body and not former.is_end:
            self.report.add("body.not_erased", BODY, former.position, "body", f"文书 {document} 的旧正文应已擦除")
        self.documents[document] = Standing(record.position, version, is_end, record.body is not None)

    def _check_time(self, record: Record) -> None:
        if self._former_time and record.recorded_at < self._former_time:
            self.report.add("entry.recorded_at", ENTRY, record.position, "recorded_at", "记入时间早于前一条")
        self._former_time = record.recorded_at

    def _check_nodes(self, finished: Sequence[tuple[Place, bytes]]) -> None:
        due = [(place, hash_) for place, hash_ in finished if (place[1] + 1) << place[0] <= self.expected.last_size]
        found = stored.fetching()([place for place, _ in due])
        for place, hash_ in due:
            if place not in found:
                self.report.add("node.missing", "ledger_node", f"{place[0]}/{place[1]}", "", "树节点不见了")
            elif found[place] != hash_:
                self.report.add("node.hash", "ledger_node", f"{place[0]}/{place[1]}", "hash", "树节点与叶算出的不同")
        self.report.count("nodes", len(due))

    def _check_standing(self) -> None:
        for document, last in self.documents.items():
            if not last.has_body:
                what = "结束条目的正文不见了" if last.is_end else f"文书 {document} 尚在公示，正文却不见了"
                self.report.add("body.missing", BODY, last.position, "body", what)
