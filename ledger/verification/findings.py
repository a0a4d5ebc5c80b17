"""What a verification finds: each finding names table, key and column, and says in a sentence what is wrong."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing that is not as the log says."""

    code: str
    table: str
    key: str
    column: str
    text: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self.table, self.key, self.column) if part)
        return f"[{self.code}] {place}：{self.text}"


@dataclass
class Report:
    """All findings of one verification, what was looked at, and which walls this installation never had."""

    findings: list[Finding] = field(default_factory=list)
    missing_walls: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, code: str, table: str, key: object, column: str, text: str) -> None:
        """Add a finding; the verification goes on."""
        self.findings.append(Finding(code, table, str(key), column, text))

    def count(self, what: str, number: int = 1) -> None:
        """Count what was looked at."""
        self.counts[what] = self.counts.get(what, 0) + number

    def told(self) -> dict[str, Any]:
        """Give the report for a machine."""
        return {
            "clean": not self.findings,
            "findings": [asdict(finding) for finding in self.findings],
            "missing_walls": self.missing_walls,
            "counts": self.counts,
        }
