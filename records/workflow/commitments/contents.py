"""The words and days of a promise as plain values, the way versions keep them and differences compare them."""

from __future__ import annotations

from typing import Any

from records.models import Commitment
from records.workflow.commitments import progress
from records.workflow.commitments.promise import Step
from records.workflow.contents import plain


def of(promise: Commitment) -> dict[str, Any]:
    """Return the content of a promise: texts and lists of texts, with its milestones; one query."""
    told = {field: plain(getattr(promise, field)) for field in Commitment.CONTENT}
    steps = [Step(step.title, step.weight, step.due_on).plain() for step in progress.steps_of(promise)]
    return {**told, "milestones": steps}
