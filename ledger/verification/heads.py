"""Heads against the log: the stored ones, the signer's own last one, and those somebody has kept outside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.db.models import Max

from ledger import checkpoint, signer
from ledger.checkpoint import BadHead, Checkpoint
from ledger.drafts import moment
from ledger.models import Head
from ledger.tree import Growth
from ledger.verification.findings import Report

TABLE = "ledger_head"
_STRANGE_NODES = (
    "SELECT level, index FROM ledger_node WHERE (index + 1) * (2::numeric ^ level) > %s ORDER BY level, index LIMIT 100"
)


@dataclass(frozen=True)
class Source:
    """Where a head comes from and what it says."""

    name: str
    head: Checkpoint
    is_stored: bool


@dataclass
class ExpectedHeads:
    """All heads to be met on the walk, by size."""

    by_size: dict[int, list[Source]] = field(default_factory=dict)
    last_size: int = 0  # up to here the inner nodes must be stored
    _clock_is_good_to: int = 0

    def check(self, growth: Growth, clock: bytes, report: Report) -> bytes:
        """Compare the tree grown so far with every head of this size; give the clock to go on with, as it was signed."""
        for source in self.by_size.pop(growth.size, []):
            report.count("heads")
            if source.head.root != growth.root():
                text = f"日志前 {growth.size} 条算出的树根与{source.name}的不同：日志被改写"
                report.add("head.root", "ledger_entry", f"0–{growth.size - 1}", "leaf", text)
            elif source.head.clock and source.head.clock != clock:
                self._report_clock(source, growth.size, report)
                clock = source.head.clock
            self._clock_is_good_to = growth.size if source.is_stored else self._clock_is_good_to
        return clock

    def _report_clock(self, source: Source, size: int, report: Report) -> None:
        first, last = self._clock_is_good_to, size - 1
        key = str(last) if first >= last else f"{first}–{last}"
        report.add("entry.recorded_at", "ledger_entry", key, "recorded_at", f"记入时间与{source.name}签名时不同")

    def check_beyond(self, size: int, report: Report) -> None:
        """Report heads that cover more entries than the log has."""
        for beyond in sorted(found for found in self.by_size if found > size):
            for source in self.by_size[beyond]:
                text = f"{source.name}覆盖 {beyond} 条，日志只有 {size} 条：末尾被删除"
                report.add("head.tail", "ledger_entry", f"{size}–{beyond - 1}", "position", text)


def expected_heads(outside: Iterable[Path], key: bytes | None, report: Report) -> ExpectedHeads:
    """
    Gather and check the heads by themselves: signature, columns, and that none went missing between two.

    :param key: the public key to check with; None takes the one of this machine's signer
    """
    found, own = ExpectedHeads(last_size=_last_size()), signer.own()
    paths = list(outside)
    if key is None and not own.has_key:
        if found.last_size or paths:
            report.add("head.key", "", "", "", "本机没有签名密钥，无法核对树头的签名：请用 --key 给出公钥")
        return found
    key = key or own.public_key
    stored = _stored(found, key, own.origin, report)
    for path in paths:
        _outside(found, path, key, own.origin, report)
    if own.has_key:
        _signers_own(found, stored, report)
    _strange_nodes(found.last_size, report)
    return found


def _last_size() -> int:
    found: int | None = Head.objects.aggregate(last=Max("size"))["last"]
    return found or 0


def _outside(found: ExpectedHeads, path: Path, key: bytes, origin: str, report: Report) -> None:
    text = path.read_text(encoding="utf-8")
    try:
        head = checkpoint.opened(text, origin=origin, public_key=key)
    except BadHead as bad:
        report.add("head.outside", str(path), "", "", f"给出的树头不能核对：{bad}")
    else:
        _expect(found, Source(f"给出的树头 {path.name}", head, is_stored=False))


def _stored(found: ExpectedHeads, key: bytes, origin: str, report: Report) -> set[int]:
    sizes = [0]
    for row in Head.objects.order_by("size").iterator(chunk_size=1000):
        try:
            head = checkpoint.opened(row.text, origin=origin, public_key=key)
        except BadHead as bad:
            report.add("head.text", TABLE, row.size, "text", f"树头的文本被改，或签名不对：{bad}")
            sizes.append(row.size)
            continue
        _check_columns(row, head, report)
        if head.former not in sizes:
            report.add("head.missing", TABLE, head.former, "size", f"大小 {head.size} 的树头之前的那一份不见了")
        sizes.append(head.size)
        _expect(found, Source("已签名的树头", head, is_stored=True))
    return set(sizes)


def _check_columns(row: Head, head: Checkpoint, report: Report) -> None:
    if row.size != head.size:
        report.add("head.size", TABLE, row.size, "size", f"树头签的是大小 {head.size}")
    if bytes(row.root) != head.root:
        report.add("head.root_column", TABLE, row.size, "root", "树根与签名的文本不同")
    if moment(row.signed_at) != head.time:
        report.add("head.signed_at", TABLE, row.size, "signed_at", "签名时间与签名的文本不同")


def _signers_own(found: ExpectedHeads, stored: set[int], report: Report) -> None:
    try:
        last = signer.own().last()
    except (signer.InconsistentHead, BadHead) as lost:
        report.add("head.signer", "", "", "", str(lost))
        return
    if last.size and last.size not in stored:
        report.add("head.missing", TABLE, last.size, "size", "签名器签过这一份树头，库里却没有")
    if last.size:
        _expect(found, Source("签名器自存的末次树头", last, is_stored=False))


def _strange_nodes(size: int, report: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_STRANGE_NODES, [size])
        for level, index in cursor.fetchall():
            report.add("node.stranger", "ledger_node", f"{level}/{index}", "", "没有树头覆盖的树节点")


def _expect(found: ExpectedHeads, source: Source) -> None:
    found.by_size.setdefault(source.head.size, []).append(source)
