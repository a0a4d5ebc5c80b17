"""What a receipt answers: where the case stands and what was answered, the same for every receipt joined to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from records.models import Complaint, ComplaintState, MessageKind
from records.workflow.intake import vault


@dataclass(frozen=True)
class Feedback:
    """State and answer of the case that decides for a receipt."""

    complaint: Complaint
    state: str
    answer: str
    answered_on: date | None
    may_rate: bool


def of(complaint: Complaint) -> Feedback:
    """Return what the receipts of a complaint answer; this will follow it into the one it was joined to."""
    main = deciding(complaint)
    said = None
    if main.content_erased_on is None:
        said = main.messages.filter(kind=MessageKind.ANSWER).order_by("-sequence").first()
    return Feedback(
        complaint=main,
        state=main.state,
        answer=vault.words(said, key=vault.key_of(main)) if said else "",
        answered_on=main.answered_on,
        may_rate=main.state == ComplaintState.ANSWERED,
    )


def deciding(complaint: Complaint) -> Complaint:
    """Return the complaint whose result counts: itself, or the last one it was joined to."""
    main = complaint
    while main.state == ComplaintState.MERGED and main.merged_into is not None:
        main = main.merged_into
    return main
