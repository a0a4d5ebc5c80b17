"""A commitment with key areas, as it stands before an act, and the valid fillings of the forms for it."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

from ledger import acts
from records.models import Commitment
from tests.records.factories import NOW, Scene
from tests.rules import detail_examples

TODAY = NOW.date()
AREAS = ["POLICY", "PROCUREMENT", "GOV_INVESTMENT", "PPP", "PROJECT", "INVESTMENT"]


def commitment(scene: Scene, state: str = "draft", number: str = "诺-001", **facts: Any) -> Commitment:
    """Put a commitment of the bureau on the table in a state."""
    row = Commitment(
        number=number, state=state, department=scene.bureau, department_name=scene.bureau.name, lead=scene.lead,
        lead_name=scene.lead.name, filer_id=scene.clerk.person_id, registered_on=TODAY, activated_on=TODAY,
        **{
            "kind": "CONTRACT", "title": "按期付清养护工程款", "content": "六月底前付清。", "to_whom": "安平惠民印务有限公司",
            "measure": "款项到账", "starts_on": date(2026, 1, 1), "due_on": TODAY + timedelta(days=90), "key_areas": AREAS,
            "responsible_official": scene.official, "claimant_id": scene.clerk.person_id, "claimed_on": TODAY,
            "performed_on": TODAY, "judge_id": scene.supervisor.person_id, "judged_on": TODAY, "judged_edition": 1,
            "score": 90, "value": 0 if state == "breached" else 1, "verdict_note": "核实无误", "change_reason": "公共利益",
            "state_before": "active", "overdue_on": TODAY + timedelta(days=91), **facts,
        },
    )  # fmt: skip
    with acts.act(kind="test.commitment", actor=scene.clerk, role="clerk", now=NOW):
        row.save()
    return row


def example(code: str, scene: Scene) -> dict[str, Any]:
    """The valid filling of a form, with a post of the bureau and the bureau itself."""
    post = scene.official.posts.order_by("-held_from").first()
    assert post is not None
    filled = detail_examples.filled(
        detail_examples.EXAMPLES[code], official=str(post.pk), unit=scene.bureau.uscc
    )  # fmt: skip
    return copy.deepcopy(filled)
