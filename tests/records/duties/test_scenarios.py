"""The scenarios of domain 7 about what a record sets going: 51, 53, 54, 55."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.services import heads, officials
from disclosure.models import Document
from exchange.models import Report
from ledger import acts
from ledger.actors import SYSTEM
from records.models import DishonestyRecord, RecordState, RectificationState, SanctionState
from records.selectors import inbox
from records.selectors.duties import timeliness
from records.services import duties, mitigation
from rules.clock import local_day
from rules.models import Parameter
from tests.accounts import factories as accounts
from tests.records import factories as records
from tests.records.duties import factories
from tests.records.factories import NOW, Scene


def asked(user: object, now: object) -> dict[object, str]:
    """Return what waits for somebody, by case."""
    return {row.case.pk: row.task for row in inbox.inbox(user=user, now=now).mine}  # type: ignore[arg-type]


def test_scenario_51_recovered_loss_lightens_the_sanction_and_the_record_keeps_the_note(scene: Scene) -> None:
    record = records.recognised(
        scene, content=records.about_official(scene), sanctions=("AWARD_RESTRICT", "PERSONAL_LIABILITY")
    )
    claim = factories.examined(scene, factories.filed(scene, record, by=scene.official_user))

    until = local_day(NOW) + timedelta(days=60)
    mitigation.lighten(
        actor=scene.second, claim=claim, changed={"AWARD_RESTRICT": until, "PERSONAL_LIABILITY": None},
        reply="案发前主动挽回全部损失。", version=claim.version, now=NOW,
    )  # fmt: skip

    held = {measure.code: measure for measure in record.measures.all()}
    assert (held["AWARD_RESTRICT"].state, held["AWARD_RESTRICT"].ends_on) == (SanctionState.ACTIVE, until)
    assert held["PERSONAL_LIABILITY"].ended_because == "mitigated"
    kept = records.fresh(record)
    assert kept.state == RecordState.EFFECTIVE
    assert kept.mitigation_claims.get().state == "granted_lighten"
    told = Report.objects.filter(subject_id=record.pk).order_by("-version").first()
    assert told is not None
    assert (told.operation, told.fields["sanctions"]) == ("U", ["AWARD_RESTRICT"])


def test_scenario_51_a_waiver_lifts_everything_and_the_public_page_says_so(scene: Scene) -> None:
    claim = factories.waived(scene)
    record = records.fresh(claim.record)

    assert not record.measures.filter(state=SanctionState.ACTIVE).exists()
    assert record.state == RecordState.DISCLOSED
    shown = Document.objects.get(pk=record.pk).body
    assert "免于惩戒（主动挽回损失）" in shown
    assert "采取措施" not in shown


def test_scenario_53_a_missed_report_alerts_head_and_superior_and_lowers_the_rate(scene: Scene) -> None:
    report = factories.required(scene)
    assert report.due_on == date(2026, 5, 25)  # 10 working days from Monday 11 May
    period = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    other = factories.required(scene)
    later = factories.after(report.due_on)

    assert duties.turn(now=factories.on(report.due_on)) == 0
    assert report.pk not in asked(scene.supervisor, factories.on(report.due_on))
    duties.turn(now=later)
    again = duties.turn(now=later)

    missed = factories.fresh(report)
    assert missed.missed_on == local_day(later)
    assert again == 0
    assert "逾期未报" in asked(scene.head, later)[report.pk]
    assert "逾期未报" in asked(scene.supervisor, later)[report.pk]
    rate = timeliness.on_time(scene.bureau, today=local_day(later), **period)
    assert (rate.due, rate.on_time, rate.rate) == (2, 0, 0.0)
    assert factories.fresh(other).missed_on is not None


def test_scenario_53_a_report_in_time_keeps_the_rate(scene: Scene) -> None:
    report = factories.handed_up(scene)
    later = factories.after(report.due_on, 30)
    duties.turn(now=later)

    rate = timeliness.on_time(scene.bureau, first=date(2026, 1, 1), last=date(2026, 12, 31), today=local_day(later))
    assert (rate.due, rate.on_time, rate.rate) == (1, 1, 1.0)


def test_scenario_54_an_overdue_rectification_drafts_records_on_unit_and_person(scene: Scene) -> None:
    held = factories.ordered(scene)
    now = factories.after(held.due_on)

    duties.turn(now=now)
    duties.turn(now=now)

    late = factories.fresh(held)
    assert late.state == RectificationState.OVERDUE
    drafts = DishonestyRecord.objects.filter(origin_type="records.rectification", origin_id=str(held.pk))
    assert {(each.is_person, each.source_type, each.state) for each in drafts} == {
        (False, "RECTIFY_OVERDUE", "draft"),
        (True, "RECTIFY_OVERDUE", "draft"),
    }
    unit, person = drafts.get(is_person=False), drafts.get(is_person=True)
    assert unit.sanctions_proposed == ["PUBLIC_CRITICISM"]
    assert person.subject_official == scene.bureau.head_on(local_day(now))
    assert unit.department == scene.lead
    assert drafts.count() == 2
    assert held.number in unit.origin_note
    told = Report.objects.filter(subject_id=held.record_id).order_by("-version").first()
    assert told is not None
    assert told.fields["rectification_state"] == "overdue"


@pytest.mark.parametrize(("whose", "persons"), [("unit", [False]), ("official", [True]), ("both", [False, True])])
def test_scenario_54_the_region_says_whose_record_is_drafted(scene: Scene, whose: str, persons: list[bool]) -> None:
    choose(whose)
    held = factories.overdue(scene)

    drafts = DishonestyRecord.objects.filter(origin_id=str(held.pk))
    assert sorted(draft.is_person for draft in drafts) == persons


def test_scenario_54_where_nobody_answers_the_unit_does(scene: Scene) -> None:
    choose("official")
    record = records.disclosed(
        scene, subject_department=scene.neighbour, needs_rectification=True, prior_hearing_by_source=True
    )
    held = record.rectifications.get()
    assert held.responsible is None
    assert scene.neighbour.head_on(held.due_on) is None

    duties.turn(now=factories.after(held.due_on))

    assert [draft.is_person for draft in DishonestyRecord.objects.filter(origin_id=str(held.pk))] == [False]


def choose(whose: str) -> None:
    """Let a region record the unit, the person or both."""
    with records.changing_the_law():
        row = Parameter.objects.get(key="rectify.overdue_drafts")
        row.value = whose
        row.save()
    records.memory.forget()


@pytest.fixture
def heads_of_two_times(scene: Scene) -> tuple[object, object]:
    """Let a former head answer for the bureau in 2024 and move away since; return him and his successor."""
    former = accounts.official(scene.neighbour, "钟前任")
    officials.add_post(
        actor=SYSTEM, official=former, department=scene.bureau, title="局长", leadership_code="131",
        held_from=date(2021, 3, 1), held_to=date(2025, 3, 1), now=accounts.EARLIER,
    )  # fmt: skip
    officials.add_post(
        actor=SYSTEM, official=former, department=scene.neighbour, title="局长", leadership_code="131",
        held_from=date(2025, 3, 1), now=accounts.EARLIER,
    )  # fmt: skip
    return former, scene.bureau.head_on(local_day(NOW))


def test_scenario_55_the_case_proposes_who_held_the_post_then_not_who_holds_it_today(
    scene: Scene, heads_of_two_times: tuple[object, object]
) -> None:
    former, today = heads_of_two_times
    bureau = accounts.department("安平市公路建设中心", parent=scene.city)
    heads.appoint(actor=SYSTEM, department=bureau, official=former, held_from=date(2023, 1, 1), now=NOW)  # type: ignore[arg-type]
    heads.appoint(actor=SYSTEM, department=bureau, official=today, held_from=date(2025, 3, 1), now=NOW)  # type: ignore[arg-type]
    record = records.disclosed(scene, subject_department=bureau, prior_hearing_by_source=True)

    case = factories.opened(scene, records=[record], acted_on=date(2024, 6, 30))

    assert [row.official for row in case.persons.all()] == [former]
    person = case.persons.get()
    assert (person.kind, person.held_from, person.held_to) == ("MAIN_HEAD", date(2023, 1, 1), date(2025, 3, 1))


def test_a_transfer_of_the_person_closes_nothing_and_changes_nothing(scene: Scene) -> None:
    case = factories.opened(scene)
    person = case.persons.get()
    before = (case.state, person.post_title, person.held_from, person.held_to)

    with acts.act(kind="test", actor=SYSTEM, role="system", now=NOW):
        person.official.department = scene.neighbour
        person.official.save()
        for headship in person.official.headships.all():
            headship.held_to = local_day(NOW)
            headship.save()
    duties.turn(now=NOW + timedelta(days=400))

    case, person = factories.fresh(case), factories.fresh(person)
    assert (case.state, person.post_title, person.held_from, person.held_to) == before
