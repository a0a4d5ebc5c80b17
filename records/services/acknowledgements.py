"""The answers to hits of the text scan, carried over to the next edition where the same text still stands."""

from __future__ import annotations

from records.models import DishonestyRecord, ScanAcknowledgement
from records.workflow import publicity


def carry_over(corrected: DishonestyRecord) -> None:
    """Answer the hits of the new edition as the same text was answered in the one before, inside the open act."""
    answers = _before(corrected)
    for hit in publicity.hits(corrected) if answers else ():
        given = answers.get(hit.what)
        if given is None or hit.answered:
            continue
        ScanAcknowledgement(
            record=corrected,
            edition=corrected.edition,
            field=hit.field,
            kind=hit.kind,
            start=hit.start,
            end=hit.end,
            reason=given.reason,
            person_id=given.person_id,
            acknowledged_at=given.acknowledged_at,
        ).save()


def _before(corrected: DishonestyRecord) -> dict[tuple[str, str, str], ScanAcknowledgement]:
    """The answers of the edition before, by field, kind and the text they were given to."""
    edition = corrected.edition - 1
    given = list(corrected.scan_acknowledgements.filter(edition=edition))
    if not given:
        return {}
    content = corrected.editions.get(edition=edition).content
    return {(each.field, each.kind, content[each.field][each.start : each.end]): each for each in given}
