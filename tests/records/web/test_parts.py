"""Who had which part in a case is told in words, for every arrow of every workflow."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from records.web.cases import hands
from records.workflow.intake.identity import ASKED, CUSTODIAN
from records.workflow.kinds import KINDS

LAID_BY_SERVICES = {"identity": {ASKED, CUSTODIAN}}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_part_people_take_has_words(name: str) -> None:
    assert get_resolver().url_patterns  # a room tells its words with its pages
    parts = {arrow.part for arrow in KINDS[name].machine.arrows.values()} - {""} | LAID_BY_SERVICES.get(name, set())

    assert parts <= set(hands.PARTS), parts - set(hands.PARTS)
