"""The milestones as planned: replaced while nobody has reported them, kept for ever once somebody has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import zip_longest

from records.models import Commitment, Milestone, MilestoneState
from records.workflow.commitments.progress import steps_of
from records.workflow.commitments.promise import Step
from rules.clock import local_day


def plan(promise: Commitment, steps: Iterable[Step], *, now: datetime) -> None:
    """
    Make the unreported milestones those given, inside the open act.

    What was reported or checked keeps its place; a milestone left out is marked as removed, so that versions can name it.
    """
    held = steps_of(promise)
    kept = [each for each in held if each.state != MilestoneState.PLANNED]
    free = [each for each in held if each.state == MilestoneState.PLANNED]
    place = max((each.place for each in kept), default=0)
    wanted = list(steps)
    for row in free[len(wanted) :]:
        row.removed_on = local_day(now)
        row.version += 1
        row.save()
    for row, step in zip_longest(free[: len(wanted)], wanted):
        place += 1
        _write(promise, row, step, place)


def _write(promise: Commitment, row: Milestone | None, step: Step, place: int) -> None:
    told = {"title": step.title, "weight": step.weight, "due_on": step.due_on}
    if row is None:
        Milestone(commitment=promise, place=place, **told).save()
        return
    if row.place == place and all(getattr(row, name) == value for name, value in told.items()):
        return
    # The place must be free before it is taken: rows only move up, in the order of their places.
    row.place = place
    for name, value in told.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
