"""Where the rules suspend disclosure while an objection is open: gone everywhere at once, back for what is left, or ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from disclosure import answers, reading
from disclosure.models import Document
from exchange import freezing
from exchange.models import Report
from ledger import memory
from ledger.refusals import Conflict
from ledger.verification.run import verify
from records.models import DishonestyRecord, Objection, ObjectionState, Outcome, RecordState, SanctionState
from records.services import correction, ending, marking, publication
from records.services.objections import filing, reviewing, screening
from records.workflow import publicity
from rules import clock
from rules.models import Parameter
from tests.records import factories as records
from tests.records import proofs
from tests.records.factories import NOW
from tests.records.objections import factories
from tests.records.objections.factories import Hall
from tests.records.objections.test_pages import as_user

S = RecordState
SUSPENDED_WORDS = "异议处理期间暂停公示"


def suspend_while_objected() -> None:
    """Let the region have chosen to suspend from the beginning."""
    row = Parameter.objects.get(key=publicity.SUSPENDS, profile="", valid_to=None)
    with records.changing_the_law():
        row.value = True
        row.save()
    memory.forget()


def choose_from(day: date, *, suspends: bool) -> None:
    """Let the region choose otherwise from a day on."""
    row = Parameter.objects.get(key=publicity.SUSPENDS, profile="", valid_to=None)
    with records.changing_the_law():
        row.valid_to = day - timedelta(days=1)
        row.save()
        row.pk, row.valid_from, row.valid_to, row.value = None, day, None, suspends
        row._state.adding = True
        row.save()
    memory.forget()


@pytest.fixture
def choice(hall: Hall) -> Hall:
    """Give the offices of a region that suspends."""
    suspend_while_objected()
    return hall


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Give a function that sets what the faces hold for now, and forgets pages kept before."""

    def move(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)
        answers.forget_pages()

    return move


def of(objection: Objection) -> DishonestyRecord:
    """Return the record of an objection as it stands now."""
    return DishonestyRecord.objects.get(pk=objection.record_id)


def told(record: DishonestyRecord) -> list[tuple[str, bool, bool]]:
    """Return operation, public or not, marked or not of every report, in order."""
    rows = Report.objects.filter(subject_id=record.pk).order_by("version")
    return [(row.operation, row.fields["is_public"], row.fields["is_objected"]) for row in rows]


def feed(client: Client, record: DishonestyRecord) -> list[tuple[str, str, bool]]:
    """Return what a follower of the changes reads of the record, in order: operation, reason, with data or not."""
    items = client.get("/api/v1/changes/").json()["items"]
    return [
        (item["op"], item["reason"], item["data"] is not None)
        for item in items
        if item["document_id"] == str(record.pk)
    ]


def seen_everywhere(client: Client, record: DishonestyRecord) -> dict[str, bool]:
    """Say at which faces the public meets the record."""
    key = str(record.pk)
    return {
        "page": client.get(f"/documents/{key}/").status_code == 200,
        "api": client.get(f"/api/v1/documents/{key}/").status_code == 200,
        "list": key in client.get("/api/v1/documents/").content.decode(),
        "search": key in client.get("/search/", {"q": record.document_number}).content.decode(),
        "sitemap": any(key in client.get(f"/sitemap{part}.xml").content.decode() for part in ("", "-202605")),
    }


def test_acceptance_takes_it_off_every_face_and_tells_the_platform(
    choice: Hall, client: Client, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(NOW)
    objection = factories.submitted(choice)
    record = objection.record
    assert set(seen_everywhere(client, record).values()) == {True}

    screening.accept(actor=choice.handler, objection=objection, version=objection.version, now=NOW)

    assert set(seen_everywhere(client, record).values()) == {False}
    assert feed(client, record) == [("upsert", "publish", False), ("tombstone", "suspended", False)]
    page, answer = client.get(f"/documents/{record.pk}/"), client.get(f"/api/v1/documents/{record.pk}/")
    assert (page.status_code, answer.status_code) == (410, 410)
    assert SUSPENDED_WORDS in page.content.decode()
    assert "自 2026年5月11日 起暂停" in page.content.decode()
    assert (answer.json()["reason"], answer.json()["ended_on"]) == ("suspended", "2026-05-11")
    assert "暂停" in answer.json()["detail"]
    for secret in (record.subject_unit_name, record.subject_code, record.document_number, record.number):
        assert secret not in page.content.decode()
        assert secret not in answer.content.decode()
    assert "一条记录在异议处理期间暂停公示" in client.get("/changes/").content.decode()
    held = of(objection)
    assert (held.state, held.is_objected, held.period_until) == (S.EFFECTIVE, True, record.period_until)
    assert told(held) == [("C", True, False), ("M", False, True)]
    assert not verify().findings


def test_the_platform_is_sent_the_sign_of_not_public_with_the_mark(choice: Hall) -> None:
    record = of(factories.accepted(choice))

    mark = Report.objects.get(subject_id=record.pk, operation="M")
    frozen = freezing.freeze(mark, batch="B-1", today=NOW.date())

    sent = json.loads(frozen.content)
    assert (sent["SX_GKBS"], sent["SX_YYBZ"], sent.get("SX_GSJZQ", "")) == ("0", "1", "")
    assert not frozen.faults


def test_sanctions_and_sharing_go_on_while_it_is_suspended(choice: Hall) -> None:
    held = records.disclosed(choice.scene, sanctions=("PUBLIC_CRITICISM",))
    factories.accepted(choice, record=held)

    assert held.measures.filter(state=SanctionState.ACTIVE).exists()


def test_by_default_it_is_only_marked(hall: Hall) -> None:
    record = of(factories.accepted(hall))

    assert record.state == S.DISCLOSED
    assert told(record) == [("C", True, False), ("M", True, True)]


@pytest.mark.parametrize("way", ["dismissed", "taken back"])
def test_it_returns_under_its_address_for_what_is_left(
    choice: Hall, client: Client, set_clock: Callable[[datetime], None], way: str
) -> None:
    later = NOW + timedelta(days=4)
    set_clock(later)
    objection = factories.accepted(choice)
    before = of(objection)

    if way == "dismissed":
        drafted = factories.redrafted(choice, objection, outcome=Outcome.DISMISS, now=later)
        factories.confirmed(choice, drafted, now=later)
    else:
        filing.withdraw(
            actor=choice.scene.head, objection=objection, note="已沟通", version=objection.version, now=later
        )

    record, shown = of(objection), client.get(f"/api/v1/documents/{before.pk}/").json()
    assert (record.state, record.ended_as, record.is_objected) == (S.DISCLOSED, "", False)
    assert (record.public_from, record.public_until) == (before.public_from, before.public_until)
    assert (shown["visible_from"], shown["visible_until"]) == ("2026-05-11", "2027-05-11")
    assert set(seen_everywhere(client, record).values()) == {True}
    assert feed(client, record) == [
        ("upsert", "publish", False),
        ("tombstone", "suspended", False),
        ("upsert", "resume", True),
    ]
    assert "异议办结，一条记录恢复公示" in client.get("/changes/").content.decode()
    assert told(record)[1:] == [("M", False, True), ("N", False, False), ("U", True, False)]
    assert not verify().findings


@pytest.mark.parametrize(
    ("outcome", "state", "kind", "operation"),
    [(Outcome.REVOKE, S.WITHDRAWN, "withdrawn", "W"), (Outcome.STOP, S.EFFECTIVE, "stopped", "U")],
)
def test_an_upheld_objection_ends_it_without_showing_it_once_more(
    choice: Hall,
    client: Client,
    set_clock: Callable[[datetime], None],
    outcome: str,
    state: str,
    kind: str,
    operation: str,
) -> None:
    set_clock(NOW)
    record = of(factories.decided(choice, outcome=outcome))

    assert record.state == state
    assert feed(client, record) == [
        ("upsert", "publish", False),
        ("tombstone", "suspended", False),
        ("tombstone", kind, False),
    ]
    answer = client.get(f"/api/v1/documents/{record.pk}/")
    assert (answer.status_code, answer.json()["reason"]) == (410, kind)
    assert told(record)[2:] == [("N", False, False), (operation, False, False)]
    assert not verify().findings


def test_corrected_it_returns_with_the_new_words_and_every_note(
    choice: Hall, client: Client, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(NOW)
    held, scene = records.disclosed(choice.scene), choice.scene
    filing_again = records.filing(scene, facts=records.FACTS + "（更正一处笔误）")
    proposal = correction.propose(
        actor=scene.colleague, record=held, filing=filing_again, reason="更正一处笔误", version=held.version, now=NOW
    )
    correction.sign(actor=scene.second, proposal=proposal, now=NOW)
    objection = factories.decided(choice, record=records.fresh(held), outcome=Outcome.CORRECT)

    shown = client.get(f"/api/v1/documents/{held.pk}/").json()

    assert "（已更正）" in "".join(shown["fields"]["paragraphs"])
    notes = [each["what"] for each in shown["corrections"]]
    assert notes[0] == "更正一处笔误"
    assert "异议成立" in notes[1]
    assert Document.objects.get(pk=held.pk).corrected_on == NOW.date()
    assert feed(client, of(objection))[-1] == ("upsert", "resume", True)
    assert told(of(objection))[-1] == ("U", True, False)
    assert not verify().findings


def test_a_correction_that_shortens_the_period_to_nothing_stops_it(choice: Hall) -> None:
    later = NOW + timedelta(days=100)
    held = records.disclosed(choice.scene)
    objection = factories.proposed(
        choice, record=held, outcome=Outcome.CORRECT, content={"severity": "minor"}, now=later
    )

    factories.confirmed(choice, objection, now=later)

    assert (of(objection).state, of(objection).ended_as) == (S.EFFECTIVE, "stopped")
    assert Document.objects.get(pk=held.pk).ended_kind == "stopped"
    ending.expire_due(now=later + timedelta(days=1))
    assert (of(objection).state, of(objection).ended_as) == (S.EXPIRED, "expired")
    assert Document.objects.get(pk=held.pk).ended_kind == "stopped"  # how it left the site is not told anew


def test_the_review_suspends_again_and_the_day_of_acceptance_decides(choice: Hall) -> None:
    objection = factories.dismissed(choice)
    assert of(objection).state == S.DISCLOSED
    next_day = NOW + timedelta(days=1)
    choose_from(next_day.date(), suspends=False)

    asked = reviewing.request(
        actor=choice.scene.head, objection=objection, reason="没有核对原件", version=objection.version, now=next_day
    )
    assert (of(asked).state, of(asked).ended_as) == (S.EFFECTIVE, "suspended")

    reviewing.dismiss(
        actor=choice.superior, objection=asked, reasons="原决定清楚。", number="云复1号", version=asked.version,
        now=next_day,
    )  # fmt: skip
    assert of(asked).state == S.DISCLOSED
    assert [each[0] for each in told(of(asked))] == ["C", "M", "N", "U", "M", "N", "U"]
    assert not verify().findings


def test_what_was_only_marked_at_its_acceptance_stays_shown(hall: Hall) -> None:
    objection, next_day = factories.dismissed(hall), NOW + timedelta(days=1)
    choose_from(next_day.date(), suspends=True)

    reviewing.request(
        actor=hall.scene.head, objection=objection, reason="没有核对原件", version=objection.version, now=next_day
    )

    assert (of(objection).state, of(objection).is_objected) == (S.DISCLOSED, True)


def test_days_that_pass_meanwhile_are_not_given_back(
    choice: Hall, client: Client, set_clock: Callable[[datetime], None]
) -> None:
    objection = factories.accepted(choice)
    record = of(objection)
    over = records.day_after(record.public_until)
    set_clock(over)

    ending.expire_due(now=over)

    held = of(objection)
    assert (held.state, held.ended_as, held.is_objected) == (S.EXPIRED, "expired", True)
    assert client.get(f"/api/v1/documents/{record.pk}/").json()["reason"] == "expired"
    drafted = factories.redrafted(choice, factories.fresh(objection), outcome=Outcome.DISMISS, now=over)
    factories.confirmed(choice, drafted, now=over)
    assert of(objection).state == S.EXPIRED
    assert [each[0] for each in told(of(objection))] == ["C", "M", "E", "N"]
    assert set(seen_everywhere(client, record).values()) == {False}
    assert not verify().findings


def test_closed_before_the_night_of_its_last_day_it_expires_at_once(choice: Hall) -> None:
    objection = factories.accepted(choice)
    over = records.day_after(of(objection).public_until)

    filing.withdraw(actor=choice.scene.head, objection=objection, note="", version=objection.version, now=over)

    assert (of(objection).state, of(objection).ended_on) == (S.EXPIRED, date(2027, 5, 11))
    assert Document.objects.get(pk=objection.record_id).ended_kind == "expired"


def test_nobody_publishes_while_it_is_suspended(choice: Hall) -> None:
    shown = of(factories.accepted(choice))
    with proofs.refused(Conflict, "异议处理期间暂停公示"):
        publication.publish(
            actor=choice.scene.approver, record=shown, version=shown.version, now=NOW, reason="社会关注"
        )


def test_nor_what_was_not_shown_when_the_objection_came(choice: Hall) -> None:
    quiet = records.recognised(choice.scene, severity="minor")
    objection = factories.accepted(choice, record=quiet)
    held = of(objection)
    assert (held.state, held.ended_as) == (S.EFFECTIVE, "")
    with proofs.refused(Conflict, "异议处理期间暂停公示"):
        publication.publish(actor=choice.scene.approver, record=held, version=held.version, now=NOW, reason="社会关注")

    filing.withdraw(actor=choice.scene.head, objection=objection, note="", version=objection.version, now=NOW)

    publication.publish(actor=choice.scene.approver, record=of(objection), version=None, now=NOW, reason="社会关注")
    assert of(objection).state == S.DISCLOSED


def test_a_revoked_repair_returns_to_the_suspension_not_to_the_site(choice: Hall) -> None:
    later = NOW + timedelta(days=100)
    objection = factories.accepted(choice, record=records.disclosed(choice.scene), now=later)
    ending.repair(record=of(objection), number="安信修〔2026〕9号", now=later)
    assert Document.objects.get(pk=objection.record_id).ended_kind == "repaired"

    ending.restore(record=of(objection), now=later)

    assert (of(objection).state, of(objection).ended_as) == (S.EFFECTIVE, "suspended")
    assert Document.objects.get(pk=objection.record_id).ended_kind == "suspended"
    filing.withdraw(actor=choice.scene.head, objection=objection, note="", version=objection.version, now=later)
    assert of(objection).state == S.DISCLOSED
    with reading.reader(now=later):
        assert reading.visible(on=later).filter(pk=objection.record_id).exists()
    assert not verify().findings


def test_only_a_closed_objection_lets_it_return(choice: Hall) -> None:
    record = of(factories.accepted(choice))

    with proofs.refused(Conflict, "异议还没有办结"):
        marking.resume(record=record, now=NOW)


def test_the_staff_are_told_so(choice: Hall, set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)
    submitted = factories.submitted(choice)
    form = as_user(choice.handler).get(f"/staff/objections/{submitted.pk}/accept/").content.decode()
    assert "公示当即暂停" in form
    mine = as_user(choice.scene.head).get("/staff/objections/mine/").content.decode()
    assert "处理期间暂停公示" in mine

    screening.accept(actor=choice.handler, objection=submitted, version=submitted.version, now=NOW)

    assert factories.fresh(submitted).state == ObjectionState.INVESTIGATING
    for page in (f"/staff/records/{submitted.record_id}/", f"/staff/objections/{submitted.pk}/"):
        assert SUSPENDED_WORDS in as_user(choice.scene.head).get(page).content.decode(), page
