"""The night's calls stand in the order in which they depend on each other."""

from __future__ import annotations

from typing import Any

from records import tasks


def test_nobody_is_told_of_a_deadline_the_same_night_closes(scene: Any):
    assert list(tasks.turn_day())[-1] == "escalated"
