"""Two people at once on an honour: exactly one of them decides."""

from __future__ import annotations

from typing import Any

from ledger.models import Entry
from ledger.refusals import Refused
from records.models import Honour, IncentiveMeasure
from records.services.archives import honouring
from tests.records.archives import cases
from tests.records.factories import NOW
from tests.records.test_races import at_once, built


def test_granting_and_sending_back_at_once_makes_one_decision(fresh_database: object) -> None:
    scene = built()
    honour = cases.proposed(scene)
    facts: dict[str, Any] = {"honour": honour, "version": honour.version, "now": NOW}

    results = at_once(
        lambda: honouring.grant(actor=scene.reviewer, **facts),
        lambda: honouring.send_back(actor=scene.head, reason="事迹材料没有附证明", **facts),
    )

    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    held = Honour.objects.get(pk=honour.pk)
    kinds = set(Entry.objects.filter(object_id=str(honour.pk)).values_list("kind", flat=True))
    granted = held.state == "granted"
    assert kinds & {"honour.grant", "honour.send_back"} == {"honour.grant" if granted else "honour.send_back"}
    assert IncentiveMeasure.objects.filter(honour=honour).exists() is granted
