"""What pages are told: consequences with their rules, proposals of severity, differences, history, who waits for what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from records.models import RecordState
from records.selectors import consequences, differences, duplicates, history, inbox, listing, severities
from records.services import drafting, looking, withdrawal
from rules.models import Parameter
from tests.records import factories
from tests.records.factories import NOW, Scene

S = RecordState


def told(scene: Scene, **facts: object) -> dict[str, consequences.Consequence]:
    """Return the preview of a filing by key."""
    return {line.key: line for line in consequences.preview(factories.filing(scene, **facts), now=NOW)}


def test_the_preview_names_what_follows_and_the_rule_of_each(scene: Scene) -> None:
    lines = told(scene, decided_on=date(2026, 4, 29))

    assert lines["disclosure"].result == "公示，最长到2027年4月29日"
    assert "国办发〔2025〕22号" in lines["disclosure"].rule
    assert lines["repair"].result == "2026年7月29日"
    assert lines["report"].result == "2026年5月12日前"
    assert lines["situation_report"].result == "2026年5月25日前"
    assert lines["sanction:PUBLIC_CRITICISM"].result == "到2027年4月29日止"
    assert all(line.rule for line in lines.values())


@pytest.mark.parametrize("gap", [{"decided_on": None}, {"severity_proposed": ""}, {"source_type": ""}], ids=str)
def test_the_preview_says_what_it_cannot_know(scene: Scene, gap: dict[str, object]) -> None:
    assert not told(scene, **gap)["disclosure"].known


def test_the_preview_of_a_minor_an_official_and_arrears(scene: Scene) -> None:
    assert told(scene, severity_proposed="minor")["disclosure"].result.startswith("默认不公示")
    assert told(scene, source_type="ARREARS")["report"].result == "认定后 60 分钟内"
    official = consequences.preview(factories.about_official(scene), now=NOW)
    assert official[0].result == "个人记录默认不公示"


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"source_type": "JUDGMENT_DEFAULTER"}, "serious"),
        ({"social_impact": "severe"}, "serious"),
        ({"economic_loss_yuan": "0.01"}, "general"),
    ],
    ids=str,
)
def test_a_severity_is_proposed_with_its_reason(scene: Scene, facts: dict[str, object], severity: str) -> None:
    found = severities.suggest(factories.filing(scene, **facts), now=NOW)

    assert found is not None
    assert found.severity == severity
    assert found.why


def test_the_third_record_within_two_years_is_proposed_as_serious(scene: Scene) -> None:
    content = factories.filing(scene, economic_loss_yuan="0")
    for _turn in range(2):
        before = severities.suggest(content, now=NOW)
        assert before is not None
        assert before.severity != "serious"
        factories.disclosed(scene)

    third = severities.suggest(content, now=NOW)

    assert third is not None
    assert third.severity == "serious"


def test_how_many_records_in_how_many_months_are_the_region_s_to_say(scene: Scene) -> None:
    content = factories.filing(scene, economic_loss_yuan="0")
    factories.disclosed(scene)
    for key, value, severity in (
        ("severity.repeat_count", 2, "serious"),
        ("severity.repeat_months", 0, "serious"),
        ("severity.repeat_count", 3, "general"),
    ):
        with factories.changing_the_law():
            row = Parameter.objects.get(key=key)
            row.value = value
            row.save()
        factories.memory.forget()
        found = severities.suggest(content, now=NOW)
        assert found is not None
        assert found.severity == severity, (key, value)
    later = severities.suggest(content, now=NOW + timedelta(days=1))
    assert later is not None
    assert later.severity != "serious", "months = 0 looks back to today only"


def test_differences_are_told_by_characters_since_the_last_look(scene: Scene) -> None:
    content = factories.filing(scene, facts="合同约定交付后60日内付清，至今未付。")
    record = factories.draft(scene, content=content)
    looking.look(user=scene.reviewer, record=record, now=NOW)
    assert differences.since_last_look(user=scene.reviewer, record=record) == []
    record = factories.edited(
        scene, record, by=scene.clerk, content=replace(content, facts="合同约定交付后30日内付清，至今未付。")
    )

    (change,) = differences.since_last_look(user=scene.reviewer, record=record)

    assert (change.field, change.label) == ("facts", "事实")
    assert ("del", "6") in change.pieces
    assert ("ins", "3") in change.pieces
    assert "".join(text for kind, text in change.pieces if kind != "ins") == change.old
    assert "".join(text for kind, text in change.pieces if kind != "del") == change.new


def test_the_history_names_people_and_the_days_to_come(scene: Scene) -> None:
    record = factories.disclosed(scene)

    steps = history.timeline(record=record, now=NOW)

    past = [(step.title, step.who) for step in steps if not step.is_future]
    assert past[0] == ("登记", "林小禾")
    assert ("认定生效", "沈正清") in past
    assert ("公示", "系统") in past
    future = {step.title: step.day for step in steps if step.is_future}
    assert future["失信情况报告到期"] == date(2026, 5, 25)
    assert future["可以申请信用修复"] == date(2026, 8, 11)
    assert future["公示最后一天"] == date(2027, 5, 11)


def test_the_stepper_skips_a_hearing_the_source_held(scene: Scene) -> None:
    record = factories.pending_approval(scene, prior_hearing_by_source=True)

    assert {stage.key: stage.status for stage in history.stepper(record=record)} == {
        "filing": "done",
        "review": "done",
        "hearing": "skipped",
        "recognition": "current",
        "disclosure": "to_come",
        "end": "to_come",
    }


WAITING = {
    S.RETURNED: {"clerk", "colleague"},
    S.PENDING_REVIEW: {"reviewer"},
    S.NOTIFIED: {"clerk", "colleague", "head"},
    S.PENDING_APPROVAL: {"approver", "second"},
    S.EFFECTIVE: set(),
    S.DISCLOSED: set(),
}


@pytest.mark.parametrize("state", list(WAITING))
def test_a_record_waits_for_those_who_can_act_and_for_nobody_else(scene: Scene, state: str) -> None:
    record = factories.BUILDERS[state](scene)

    waiting = {
        name
        for name, user in scene.everyone().items()
        if record.pk in {row.case.pk for row in inbox.inbox(user=user, now=NOW).mine}
    }

    assert waiting == WAITING[state]


def test_the_inbox_counts_its_lists_and_sorts_by_the_nearest_day(scene: Scene) -> None:
    later = factories.in_review(scene, now=NOW)
    sooner = factories.in_review(scene, now=NOW - timedelta(days=12), decided_on=date(2026, 4, 20))

    box = inbox.inbox(user=scene.reviewer, now=NOW)

    assert [row.case.pk for row in box.mine] == [sooner.pk, later.pk]
    assert box.mine[0].days_left is not None
    assert box.mine[0].days_left < 0
    assert (box.overdue, box.due_today, box.paused) == (1, 0, 0)
    assert [row.case.pk for row in inbox.inbox(user=scene.clerk, now=NOW).others] == [sooner.pk, later.pk]


def test_a_second_signature_waits_for_the_other_approver_only(scene: Scene) -> None:
    record = factories.disclosed(scene)
    withdrawal.propose(
        actor=scene.approver, record=record, ground="BASIS_REVOKED", reason="撤销", version=record.version, now=NOW
    )

    assert [row.task for row in inbox.inbox(user=scene.second, now=NOW).mine] == ["第二人签署"]
    assert inbox.inbox(user=scene.approver, now=NOW).mine == []


def test_hits_waiting_for_publication_are_in_the_approvers_inbox(scene: Scene) -> None:
    factories.recognised(scene, facts=f"{factories.FACTS}电话13812345678。")

    assert [row.task for row in inbox.inbox(user=scene.approver, now=NOW).mine] == ["处理扫描命中并公示"]


def test_near_duplicates_are_shown_beside_the_form(scene: Scene) -> None:
    first = factories.draft(scene)

    found = duplicates.possible(
        subject_department=scene.bureau,
        subject_official=None,
        document_number="",
        source_type="ADMIN_PENALTY",
        decided_on=factories.DECIDED + timedelta(days=2),
        user=scene.clerk,
        now=NOW,
    )

    assert found == [first]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"states": ("draft",)}, 1),
        ({"states": ("effective",)}, 0),
        ({"text": "安平市交通"}, 1),
        ({"text": "%"}, 0),
        ({"severities": ("general",)}, 1),
        ({"areas": ("PROCUREMENT",)}, 1),
        ({"areas": ("BIDDING",)}, 0),
        ({"is_person": True}, 0),
        ({"decided_from": date(2026, 5, 12)}, 0),
    ],
    ids=str,
)
def test_the_list_is_filtered(scene: Scene, filters: dict[str, object], count: int) -> None:
    factories.draft(scene)

    page = listing.records(user=scene.clerk, filters=listing.Filters(**filters), now=NOW)  # type: ignore[arg-type]

    assert len(page.items) == count


def test_a_draft_is_waiting_for_its_filer_alone(scene: Scene) -> None:
    record = drafting.register(
        actor=scene.clerk, key=factories.uuid4(), department=scene.bureau, filing=factories.filing(scene), now=NOW
    )

    assert [row.case.pk for row in inbox.inbox(user=scene.clerk, now=NOW).drafts] == [record.pk]
    assert inbox.inbox(user=scene.colleague, now=NOW).drafts == []
