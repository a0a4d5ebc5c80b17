"""The progress of a promise: the weight of the milestones a second person has checked, never a typed number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from records.models import Commitment, Milestone, MilestoneState

WHOLE = 100  # per cent; the weights of a promise add up to it


@dataclass(frozen=True)
class Progress:
    """How far a promise has come, in per cent of its weights; ``has_steps`` tells whether it can be told at all."""

    done: int
    waiting: int  # reported, not checked yet
    has_steps: bool

    @property
    def left(self) -> int:
        """Give the weight nobody has reported yet."""
        return WHOLE - self.done - self.waiting


def steps_of(promise: Commitment) -> list[Milestone]:
    """Return the milestones of the present wording, in their order; this will run one query."""
    return list(promise.milestones.filter(removed_on=None).order_by("place"))


def of(steps: Iterable[Milestone]) -> Progress:
    """Add up the milestones of one promise."""
    held = list(steps)
    done = sum(step.weight for step in held if step.state == MilestoneState.CHECKED)
    waiting = sum(step.weight for step in held if step.state == MilestoneState.REPORTED)
    return Progress(done, waiting, bool(held))
