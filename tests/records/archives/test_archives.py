"""Archives: opened for everybody once; the restricted parts open to their personnel alone, for a reason, with an entry."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import Department, Official
from accounts.services import officials as registering
from ledger.actors import SYSTEM
from ledger.models import Entry
from ledger.refusals import Invalid, NotAllowed
from records.models import IntegrityArchive, RestrictedKind, RestrictedPart, RestrictedReading
from records.selectors.archives import sections
from records.services.archives import opening, restricted
from tests.accounts import factories as accounts
from tests.records import factories, proofs
from tests.records.archives import cases
from tests.records.factories import NOW, Scene
from tests.records.repairs import cases as repairs
from tests.records.test_walls import read_as_the_public
from tests.records.web.browsing import Browser, text

SECRET = "个人有关事项：房产两处，配偶从业情况已报告。"


def test_everybody_gets_an_archive_once(scene: Scene) -> None:
    wanted = Official.objects.count() + Department.objects.count()

    assert opening.open_missing(now=NOW) == wanted
    before = Entry.objects.count()
    assert opening.open_missing(now=NOW) == 0
    assert Entry.objects.count() == before
    assert IntegrityArchive.objects.count() == wanted
    assert Entry.objects.filter(kind="archive.open").count() == 1


def test_looking_first_opens_an_archive_and_looking_again_does_not(scene: Scene, browser: Browser) -> None:
    client = browser(cases.personnel(scene))
    address = reverse("archives:of_official", args=[scene.official.pk])

    first, second = client.get(address), client.get(address)

    assert first.url == second.url
    assert scene.official.person.name in text(client.get(first.url))
    assert IntegrityArchive.objects.filter(official=scene.official).count() == 1


def test_who_may_open_whose_archive(scene: Scene, browser: Browser) -> None:
    opening.open_missing(now=NOW)
    official = cases.archive(scene.official)
    unit = opening.of_unit(department=scene.bureau, now=NOW)
    own, strange = cases.personnel(scene), cases.personnel(scene, scene.neighbour)
    people = {**scene.everyone(), "personnel": own, "neighbour_personnel": strange}

    opens = {
        name: {each.pk for each in IntegrityArchive.objects.visible_to(user, NOW)} & {official.pk, unit.pk}
        for name, user in people.items()
    }

    both, only_unit = {official.pk, unit.pk}, {unit.pk}
    expected = {name: set() for name in people} | dict.fromkeys(("personnel", "head", "approver", "second"), both)
    expected |= dict.fromkeys(("clerk", "colleague", "reviewer", "supervisor"), only_unit)
    expected["official"] = {official.pk}
    assert opens == expected
    for name in ("clerk", "personnel", "neighbour_personnel", "official"):
        for each in (official, unit):
            status = browser(people[name]).get(reverse("archives:archive", args=[each.pk])).status_code
            assert status == (200 if each.pk in expected[name] else 404), name


def test_a_restricted_part_is_sealed_and_opens_to_its_personnel_for_a_reason_with_an_entry(scene: Scene) -> None:
    archive, officer = cases.archive(scene.official), cases.personnel(scene)
    part = restricted.write(actor=officer, archive=archive, kind="personal_matters", year=2025, text=SECRET, now=NOW)
    assert SECRET.encode() not in bytes(RestrictedPart.objects.get(pk=part.pk).text_sealed)

    told = restricted.read(
        actor=officer, archive=archive, kind="personal_matters", purpose="APPRAISAL", reason="年度考核材料", now=NOW
    )

    assert [(each.year, each.text) for each in told] == [(2025, SECRET)]
    reading = RestrictedReading.objects.get()
    assert (reading.viewer_id, reading.department, reading.purpose) == (officer.person_id, scene.bureau, "APPRAISAL")
    entry = Entry.objects.get(kind="archive.read_restricted")
    assert (entry.person, entry.object_id, entry.role) == (officer.person_id, str(archive.pk), "personnel")


def test_nobody_else_reads_or_writes_a_restricted_part(scene: Scene) -> None:
    archive, officer = cases.archive(scene.official), cases.personnel(scene)
    restricted.write(actor=officer, archive=archive, kind="integrity", year=2025, text=SECRET, now=NOW)
    accounts.granted(scene.official.person, "personnel", scene.bureau)  # not even he himself, were he of the personnel
    strangers = cases.personnel(scene, scene.neighbour), cases.personnel(scene, scene.lead)
    before = proofs.rows()

    for user in (*scene.everyone().values(), *strangers):
        for kind in RestrictedKind.values:
            with pytest.raises(NotAllowed):
                restricted.read(actor=user, archive=archive, kind=kind, purpose="APPRAISAL", reason="想看一看", now=NOW)
            with pytest.raises(NotAllowed):
                restricted.write(actor=user, archive=archive, kind=kind, year=2025, text="别的", now=NOW)

    assert proofs.rows() == before
    refused = Entry.objects.filter(kind="refused", object_id=str(archive.pk))
    assert refused.count() == 2 * (len(scene.everyone()) + len(strangers))  # one a minute for each person and act


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "看"}, "reason"),
        ({"reason": "理由" + "长" * 300}, "reason"),
        ({"purpose": ""}, "purpose"),
        ({"purpose": "CURIOSITY"}, "purpose"),
        ({"kind": "health"}, "kind"),
    ],
)
def test_a_reading_without_reason_or_purpose_is_refused(scene: Scene, given: dict[str, str], field: str) -> None:
    archive, officer = cases.archive(scene.official), cases.personnel(scene)
    asked = {"kind": "appraisal", "purpose": "APPRAISAL", "reason": "年度考核材料", **given}

    with proofs.refused(Invalid) as caught:
        restricted.read(actor=officer, archive=archive, now=NOW, **asked)

    assert caught.value.field == field
    assert not RestrictedReading.objects.exists()


def test_twenty_readings_an_hour_are_enough(scene: Scene) -> None:
    archive, officer = cases.archive(scene.official), cases.personnel(scene)
    asked = {"kind": "appraisal", "purpose": "APPRAISAL", "reason": "年度考核材料"}
    for _each in range(restricted.PER_HOUR):
        restricted.read(actor=officer, archive=archive, now=NOW, **asked)

    with pytest.raises(restricted.TooMany):
        restricted.read(actor=officer, archive=archive, now=NOW, **asked)
    later = NOW + timedelta(hours=1, minutes=1)
    assert restricted.read(actor=officer, archive=archive, now=later, **asked) == []


def test_the_page_of_a_part_asks_first_and_shows_once(scene: Scene, browser: Browser) -> None:
    archive, officer = cases.archive(scene.official), cases.personnel(scene)
    restricted.write(actor=officer, archive=archive, kind="misconduct", year=2024, text=SECRET, now=NOW)
    client = browser(officer)
    address = reverse("archives:read_restricted", args=[archive.pk, "misconduct"])

    assert SECRET not in text(client.get(address))
    assert client.post(address, {"purpose": "PUNISHMENT", "reason": "看"}).status_code == 422
    answer = client.post(address, {"purpose": "PUNISHMENT", "reason": "核实处分影响期"})

    assert answer.status_code == 200
    assert SECRET in text(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert SECRET not in text(client.get(reverse("archives:archive", args=[archive.pk])))
    assert client.get(reverse("archives:read_restricted", args=[archive.pk, "nothing"])).status_code == 404
    assert browser(scene.head).get(address).status_code == 403


def test_the_archive_follows_the_official_to_his_new_unit(scene: Scene) -> None:
    archive, old, new = cases.archive(scene.official), cases.personnel(scene), cases.personnel(scene, scene.neighbour)
    asked = {"kind": "appraisal", "purpose": "APPRAISAL", "reason": "年度考核材料"}
    restricted.write(actor=old, archive=archive, kind="appraisal", year=2025, text="称职", now=NOW)
    registering.add_post(
        actor=SYSTEM, official=Official.objects.get(pk=scene.official.pk), department=scene.neighbour, title="科长", leadership_code="141",
        held_from=date(2026, 5, 1), now=NOW,
    )  # fmt: skip
    moved = cases.archive(Official.objects.get(pk=scene.official.pk))

    assert [each.text for each in restricted.read(actor=new, archive=moved, now=NOW, **asked)] == ["称职"]
    with proofs.refused(NotAllowed):
        restricted.read(actor=old, archive=moved, now=NOW, **asked)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_integrityarchive SET opened_on = '2020-01-01'",
        "DELETE FROM records_integrityarchive",
        "UPDATE records_restrictedpart SET year = 2020",
        "DELETE FROM records_restrictedpart",
        "UPDATE records_restrictedreading SET reason = '别的理由'",
        "DELETE FROM records_restrictedreading",
        "TRUNCATE records_restrictedreading CASCADE",
    ],
)
def test_what_was_written_stays(scene: Scene, statement: str) -> None:
    archive, officer = cases.archive(scene.official), cases.personnel(scene)
    restricted.write(actor=officer, archive=archive, kind="appraisal", year=2025, text="称职", now=NOW)
    restricted.read(
        actor=officer, archive=archive, kind="appraisal", purpose="APPRAISAL", reason="年度考核材料", now=NOW
    )

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "table", ["integrityarchive", "restrictedpart", "restrictedreading", "creditcheck", "checkrun", "honour"]
)
def test_the_public_login_reads_nothing_of_it(scene: Scene, table: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        read_as_the_public(table)


def test_the_page_gathers_what_is_on_file_and_links_what_the_reader_may_open(scene: Scene, browser: Browser) -> None:
    record = factories.recognised(
        scene, content=factories.about_official(scene), severity="general", sanctions=("AWARD_RESTRICT",)
    )
    archive = cases.archive(scene.official)
    link = reverse("records:record", args=[record.pk])

    by_personnel = text(browser(cases.personnel(scene)).get(reverse("archives:archive", args=[archive.pk])))
    by_approver = text(browser(scene.approver).get(reverse("archives:archive", args=[archive.pk])))

    for page in (by_personnel, by_approver):
        assert record.number in page
        assert "限制评优评先" in page
    assert link in by_approver
    assert link not in by_personnel
    assert "不向您开放" in by_approver
    assert "查看须写理由" in by_personnel


def test_each_room_has_its_section_and_a_new_one_needs_only_to_tell_of_itself(
    scene: Scene, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(sections.SECTIONS)[:6] == ["commitments", "records", "sanctions", "objections", "repairs", "honours"]
    told = sections.Section(
        "training", "诚信教育", lambda whom, reader: [sections.Line("公务员诚信课 4 学时")], place=70
    )
    monkeypatch.setitem(sections.SECTIONS, "training", told)
    archive = cases.archive(scene.official)

    page = text(browser(scene.official_user).get(reverse("archives:archive", args=[archive.pk])))

    assert "公务员诚信课 4 学时" in page
    for words in ("承诺", "失信记录", "执行中的惩戒措施", "异议", "信用修复", "荣誉与激励"):
        assert f"<h2>{words}</h2>" in page


def test_a_repair_stands_in_the_archive_of_whoever_asked_for_it(scene: Scene, browser: Browser) -> None:
    repair = repairs.opened(scene)
    archive = opening.of_unit(department=scene.bureau, now=NOW)

    assert repair.number in text(browser(scene.head).get(reverse("archives:archive", args=[archive.pk])))
    assert repair.number in text(browser(scene.clerk).get("/staff/archives/mine/"))


def test_party_discipline_is_told_to_personnel_and_himself_and_not_to_the_head(scene: Scene, browser: Browser) -> None:
    official = factories.officials_of(scene.neighbour, "施行远")
    facts = {"subject_department": scene.neighbour, "subject_official": official}
    content = factories.about_official(scene, source_type="DISCIPLINE", basis_codes=("GF76",), **facts)
    record = factories.recognised(scene, content=content, severity="general", sanctions=())
    address = reverse("archives:archive", args=[cases.archive(official).pk])
    readers = {
        "personnel": cases.personnel(scene, scene.neighbour),
        "himself": accounts.account(official.person),
        "approver": scene.approver,
        "head": accounts.user(("head", scene.neighbour), name="冯以宁"),
    }

    seen = {name: record.number in text(browser(user).get(address)) for name, user in readers.items()}

    assert seen == {"personnel": True, "himself": True, "approver": True, "head": False}
