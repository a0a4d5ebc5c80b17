"""Finds personal data in a text before it is published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    kind: str
    start: int
    end: int
    text: str
    sentence: int


def find(text: str) -> list[Hit]:
    return []
