"""Details of commitments: written by the right hands at the right time, every version kept, what changed said in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ledger.models import Entry
from ledger.refusals import Conflict, Missing, NotAllowed, Stale
from records.models import CommitmentDetail, CommitmentState
from records.selectors.commitments import details as reads
from records.services.commitments import details
from records.workflow.commitments import details as rule
from rules.details import reading
from rules.details.cleaning import Faulty
from rules.models import Hand
from tests.records.commitments.details_scene import AREAS, TODAY, commitment, example
from tests.records.factories import NOW, Scene
from tests.rules.detail_examples import EXAMPLES

pytestmark = pytest.mark.django_db


def write(scene: Scene, promise: Any, code: str = "PPP", *, version: int = 0, **over: Any) -> CommitmentDetail:
    given: dict[str, Any] = {"actor": scene.clerk, "values": example(code, scene), "now": NOW, **over}
    return details.write(commitment=promise, form=code, version=version, **given)


@pytest.mark.parametrize("code", EXAMPLES)
def test_each_form_is_stored_in_an_act_and_read_back_in_words(code: str, scene: Scene) -> None:
    promise = commitment(scene)
    kept = write(scene, promise, code)
    assert (kept.version, kept.form) == (1, code)
    assert Entry.objects.filter(kind="commitment.write_details", object_id=str(promise.pk)).count() == 1
    sheets = {sheet.form.code: sheet for sheet in reads.sheets(commitment=promise, actor=scene.clerk, now=NOW)}
    assert sheets[code].version == 1
    assert sheets[code].lines
    assert sheets[code].told
    assert not sheets[code].closed


def test_the_forms_offered_are_those_of_the_key_areas_and_the_kind(scene: Scene) -> None:
    promise = commitment(scene, key_areas=["PPP"], kind="CONTRACT")
    assert reads.lacking(promise, TODAY) == ["向中小企业付款", "政府和社会资本合作项目"]
    write(scene, promise, "PPP")
    assert reads.lacking(promise, TODAY) == ["向中小企业付款"]
    with pytest.raises(Missing):
        write(scene, promise, "POLICY")
    bare = commitment(scene, number="诺-002", key_areas=[], kind="SERVICE_QUALITY")
    assert reads.sheets(commitment=bare, actor=scene.clerk, now=NOW) == []


def test_versions_follow_each_other_and_say_what_changed(scene: Scene) -> None:
    promise = commitment(scene, state="active")
    first = write(scene, promise, "POLICY")
    changed = example("POLICY", scene)
    changed["ends_on"] = "2028年12月31日"
    changed["tasks"][1] |= {"progress": "DONE", "done_on": "2026-05-10"}
    second = write(scene, promise, "POLICY", version=1, values=changed, why="首批补贴已兑付", actor=scene.colleague)
    assert [first.version, second.version] == [1, 2]
    assert first.values != second.values, "the first stays as it was written"
    history = next(
        sheet for sheet in reads.sheets(commitment=promise, actor=scene.clerk, now=NOW) if sheet.form.code == "POLICY"
    ).history
    assert [(row.version, row.why) for row in history] == [(2, "首批补贴已兑付"), (1, "第一次填写")]
    assert [change.label for change in history[0].changes] == ["有效期至", "分解任务 第 2 行"]


def test_a_stale_page_is_refused_and_a_second_press_gives_the_first_result(scene: Scene) -> None:
    promise = commitment(scene)
    first = write(scene, promise)
    assert write(scene, promise).pk == first.pk, "the same words on the same version"
    other = {**example("PPP", scene), "project_name": "城南污水处理厂"}
    with pytest.raises(Stale):
        write(scene, promise, values=other)
    with pytest.raises(Stale):
        write(scene, promise, values=other, actor=scene.colleague, version=2)
    assert promise.details.count() == 1


def test_faults_name_their_place_and_nothing_is_kept(scene: Scene) -> None:
    promise = commitment(scene)
    wrong = example("PPP", scene)
    wrong["stages"][1]["owner"] = ""
    wrong["partner"] = ""
    with pytest.raises(Faulty) as refused:
        write(scene, promise, values=wrong)
    assert set(refused.value.errors) == {"partner", "stages.1.owner"}
    assert not CommitmentDetail.objects.exists()


@pytest.mark.parametrize("state", CommitmentState.values)
def test_who_may_write_in_which_state(state: str, scene: Scene) -> None:
    promise = commitment(scene, state=state)
    for name, person in scene.everyone().items():
        refused = rule.refusal(promise, actor=person, now=NOW)
        if name not in ("clerk", "colleague"):
            assert isinstance(refused, NotAllowed), (state, name)
        elif state in ("draft", "returned", "active", "overdue"):
            assert refused is None, (state, name)
        else:
            assert isinstance(refused, Conflict), (state, name)
    if state not in ("draft", "returned", "active", "overdue"):
        with pytest.raises(Conflict):
            write(scene, promise)


def test_writing_leaves_a_hand_and_whoever_judged_does_not_write(scene: Scene) -> None:
    promise = commitment(scene, state="active")
    write(scene, promise, actor=scene.colleague)
    assert Hand.objects.get(object_id=str(promise.pk)).part == "editor"
    judged = commitment(scene, state="active", number="诺-003")
    from ledger import acts

    with acts.act(kind="test.hand", actor=scene.colleague, role="supervisor", now=NOW):
        Hand(
            object_type="records.commitment", object_id=str(judged.pk), edition=1, person_id=scene.colleague.person_id,
            part="approver", at=NOW,
        ).save()  # fmt: skip
    with pytest.raises(NotAllowed, match="不得修改本人"):
        write(scene, judged, actor=scene.colleague)


def test_a_version_is_read_by_the_description_of_its_day(scene: Scene) -> None:
    """A description that changes later neither hides nor renames what was written before."""
    promise = commitment(scene, key_areas=["PPP"])
    kept = write(scene, promise)
    from ledger import acts
    from ledger.actors import SYSTEM
    from rules import loading
    from rules.models import DetailForm

    old = DetailForm.objects.get(code="PPP")
    later = DetailForm(
        code="PPP", label="新表", place=old.place, areas=["PPP"], fields=[{"key": "other", "label": "另一栏", "type": "text"}],
        valid_from=TODAY + timedelta(days=1), mark="design", origin="office",
    )  # fmt: skip
    with acts.act(kind="rules.change", actor=SYSTEM, role="system", now=NOW):
        loading.write([later])
    tomorrow = NOW + timedelta(days=1)
    form = reading.find("PPP", on=tomorrow.date())
    assert form is not None
    assert form.label == "新表"
    shown = reads.sheets(commitment=promise, actor=scene.clerk, now=tomorrow)
    sheet = next(each for each in shown if each.form.code == "PPP")
    assert sheet.form.valid_from == kept.form_from
    assert len(sheet.lines) == len(kept.values)
    assert set(AREAS) >= {"PPP"}


def test_the_demo_s_fillings_are_accepted_by_every_form(scene: Scene) -> None:
    from records.demo import details as demo
    from records.demo.playing import Cast

    promise = commitment(scene, state="active")
    demo.play(Cast(places={}, accounts={}, now=NOW))
    assert set(promise.details.values_list("form", flat=True)) == set(EXAMPLES) == set(demo.FILLED)
