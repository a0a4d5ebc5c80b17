"""Credit checks: what each purpose sees, who may ask, one answer for ever, one decision, lists judged line by line."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import Official
from accounts.selectors import officials as officials_seen
from ledger import memory
from ledger.covered import Uncovered
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.imports import candidates, columns
from records.imports.candidates import BadLines
from records.models import CheckRun, CreditCheck, Verdict
from records.services import ending
from records.services.archives import checks, reports
from rules.models import Code
from tests.accounts import factories as accounts
from tests.records import factories, proofs
from tests.records.archives import cases
from tests.records.factories import NOW, Scene
from tests.records.web.browsing import Browser, text

TODAY = date(2026, 5, 11)


def verdict(run: CheckRun) -> str:
    """Return the verdict of a check about one."""
    return str(run.checks.get().verdict)


@pytest.mark.parametrize(
    ("purpose", "seen"),
    [("LICENCE", "clear"), ("PROCUREMENT", "clear"), ("BIDDING", "clear"), ("AWARD", "notice"), ("FUNDS", "notice")],
)
def test_a_minor_record_that_is_not_public_is_seen_where_the_list_says_so(
    scene: Scene, purpose: str, seen: str
) -> None:
    factories.effective(scene, sanctions=())

    assert verdict(cases.checked(scene.neighbour_clerk, scene.neighbour, [cases.unit(scene.bureau)], purpose)) == seen


@pytest.mark.parametrize("purpose", ["LICENCE", "PROCUREMENT", "BIDDING", "AWARD", "FUNDS"])
def test_a_public_record_is_seen_by_every_purpose(scene: Scene, purpose: str) -> None:
    record = factories.disclosed(scene)

    run = cases.checked(scene.neighbour_clerk, scene.neighbour, [cases.unit(scene.bureau)], purpose)

    assert verdict(run) == Verdict.NOTICE
    assert run.checks.get().hits[0]["number"] == record.number


@pytest.mark.parametrize(
    ("sanction", "purpose", "expected"),
    [
        ("UNIT_AWARD_RESTRICT", "AWARD", "restricted"),
        ("HONOUR_DISQUALIFY", "AWARD", "restricted"),
        ("FISCAL_RESTRICT", "FUNDS", "restricted"),
        ("FISCAL_RESTRICT", "AWARD", "notice"),
        ("UNIT_AWARD_RESTRICT", "PROCUREMENT", "notice"),
        ("PUBLIC_CRITICISM", "AWARD", "notice"),
    ],
)
def test_a_measure_restricts_the_purposes_the_list_names_for_it(
    scene: Scene, sanction: str, purpose: str, expected: str
) -> None:
    factories.disclosed(scene, sanctions=(sanction,))

    run = cases.checked(scene.neighbour_clerk, scene.neighbour, [cases.unit(scene.bureau)], purpose)

    line = run.checks.get()
    assert line.verdict == expected
    assert [(each["code"], each["restricts"]) for each in line.restrictions] == [(sanction, expected == "restricted")]


@pytest.mark.parametrize("builder", ["draft", "in_review", "delivered", "rejected", "repaired", "expired", "withdrawn"])
def test_what_is_not_in_force_restricts_nothing(scene: Scene, builder: str) -> None:
    getattr(factories, builder)(scene)
    later = NOW + timedelta(days=1200)

    run = cases.checked(scene.neighbour_clerk, scene.neighbour, [cases.unit(scene.bureau)], "AWARD", now=later)

    assert verdict(run) == Verdict.CLEAR


def test_a_record_past_its_last_day_is_not_seen_even_before_the_clock_has_come(scene: Scene) -> None:
    record = factories.disclosed(scene)
    asked = [cases.unit(scene.bureau)]

    last = cases.checked(scene.clerk, scene.bureau, asked, now=factories.day_after(record.public_until - timedelta(1)))
    after = cases.checked(scene.clerk, scene.bureau, asked, now=factories.day_after(record.public_until))

    assert (verdict(last), verdict(after)) == (Verdict.NOTICE, Verdict.CLEAR)


def test_a_measure_that_outlasts_its_record_goes_on_restricting(scene: Scene) -> None:
    with factories.changing_the_law():
        row = Code.objects.get(list_name="sanction", code="UNIT_AWARD_RESTRICT")
        row.facts = {**row.facts, "outlasts_disclosure": True}
        row.save()
    memory.forget()
    record = factories.expired(scene, sanctions=("UNIT_AWARD_RESTRICT", "PUBLIC_CRITICISM"))
    later = factories.day_after(record.public_until)
    asked = [cases.unit(scene.bureau)]

    award = cases.checked(scene.clerk, scene.bureau, asked, "AWARD", now=later).checks.get()
    bidding = cases.checked(scene.clerk, scene.bureau, asked, "BIDDING", now=later).checks.get()

    assert (award.verdict, [each["code"] for each in award.restrictions]) == ("restricted", ["UNIT_AWARD_RESTRICT"])
    assert bidding.verdict == "clear"  # nothing of it is public any more


def test_party_discipline_is_told_for_cadres_only_and_counts_elsewhere(scene: Scene) -> None:
    content = factories.about_official(scene, source_type="DISCIPLINE", basis_codes=("GF76",))
    record = factories.recognised(scene, content=content, severity="serious", sanctions=("AWARD_RESTRICT",))
    officer, asked = cases.personnel(scene), [cases.person(scene.official)]

    award = cases.checked(officer, scene.bureau, asked, "AWARD").checks.get()
    cadre = cases.checked(officer, scene.bureau, asked, "CADRE").checks.get()

    assert award.verdict == Verdict.RESTRICTED
    assert record.number not in str(award.hits)
    assert record.document_number not in str(award.hits)
    assert award.hits[0]["is_withheld"] is True
    assert cadre.hits[0]["number"] == record.number


def test_who_may_ask_about_whom(scene: Scene) -> None:
    officer, strange = cases.personnel(scene), cases.personnel(scene, scene.neighbour)
    unit, person = [cases.unit(scene.bureau)], [cases.person(scene.official)]
    people = {**scene.everyone(), "personnel": officer, "neighbour_personnel": strange}
    homes = dict.fromkeys(("approver", "second", "appeals"), scene.lead) | dict.fromkeys(
        ("neighbour_clerk", "neighbour_reviewer", "neighbour_personnel"), scene.neighbour
    )
    allowed: dict[str, set[str]] = {"unit": set(), "AWARD": set(), "CADRE": set()}
    for name, user in people.items():
        for key, subjects, purpose in (("unit", unit, "FUNDS"), ("AWARD", person, "AWARD"), ("CADRE", person, "CADRE")):
            try:
                cases.checked(user, homes.get(name, scene.bureau), subjects, purpose)
            except NotAllowed:
                continue
            allowed[key].add(name)

    own = {"clerk", "colleague", "reviewer", "head", "personnel"}
    region = {"approver", "second"}
    neighbours = {"neighbour_clerk", "neighbour_reviewer", "neighbour_personnel"}
    assert allowed == {"unit": own | region | neighbours, "AWARD": own | region, "CADRE": {"personnel"} | region}


def test_nobody_checks_for_another_department_or_on_himself(scene: Scene) -> None:
    with proofs.refused(NotAllowed):
        cases.checked(scene.clerk, scene.neighbour, [cases.unit(scene.bureau)])
    accounts.granted(scene.official.person, "personnel", scene.bureau)
    with proofs.refused(NotAllowed, "本人"):
        cases.checked(scene.official_user, scene.bureau, [cases.person(scene.official)], "CADRE")


@pytest.mark.parametrize(("purpose", "about"), [("CADRE", "unit"), ("LICENCE", "person"), ("FUNDS", "person")])
def test_a_purpose_that_does_not_fit_the_subject_is_refused(scene: Scene, purpose: str, about: str) -> None:
    subject = cases.unit(scene.bureau) if about == "unit" else cases.person(scene.official)
    officer = cases.personnel(scene)
    with proofs.refused(Invalid) as caught:
        cases.checked(officer, scene.bureau, [subject], purpose)
    assert caught.value.field == "purpose"


def test_cadre_checks_are_seen_by_personnel_and_approvers_only(scene: Scene, browser: Browser) -> None:
    officer = cases.personnel(scene)
    cadre = cases.checked(officer, scene.bureau, [cases.person(scene.official)], "CADRE")
    plain = cases.checked(scene.clerk, scene.bureau, [cases.unit(scene.bureau)], "FUNDS")
    people = {**scene.everyone(), "personnel": officer}

    sees = {name: {run.purpose for run in CheckRun.objects.visible_to(user, NOW)} for name, user in people.items()}

    assert {name for name, seen in sees.items() if "CADRE" in seen} == {"personnel", "approver", "second"}
    assert {name for name, seen in sees.items() if "FUNDS" in seen} == {
        "clerk", "colleague", "reviewer", "head", "personnel", "approver", "second",
    }  # fmt: skip
    assert browser(scene.clerk).get(reverse("archives:check", args=[cadre.pk])).status_code == 404
    assert browser(scene.clerk).get(reverse("archives:check", args=[plain.pk])).status_code == 200
    assert browser(scene.official_user).get(reverse("archives:check", args=[cadre.pk])).status_code == 403
    assert "干部任用</option>" not in text(browser(scene.clerk).get(reverse("archives:new_check")))


def test_the_answer_stays_as_it_was_when_the_record_goes(scene: Scene) -> None:
    record = factories.disclosed(scene)
    run = cases.checked(scene.clerk, scene.bureau, [cases.unit(scene.bureau)])
    before = CreditCheck.objects.get(run=run)

    ending.expire_due(now=factories.day_after(record.public_until))

    after = CreditCheck.objects.get(run=run)
    assert (after.verdict, after.hits, after.restrictions) == (before.verdict, before.hits, before.restrictions)


def test_the_decision_is_recorded_once(scene: Scene) -> None:
    check = cases.checked(scene.clerk, scene.bureau, [cases.unit(scene.bureau)]).checks.get()

    decided = checks.decide(actor=scene.reviewer, check=check, decision="PROCEEDED", note="照常", now=NOW)

    assert (decided.decision, decided.decided_by_id) == ("PROCEEDED", scene.reviewer.person_id)
    later = NOW + timedelta(minutes=5)
    with proofs.refused(Conflict):
        checks.decide(actor=scene.clerk, check=check, decision="STOPPED", now=later)
    with proofs.refused(NotAllowed):
        checks.decide(actor=scene.neighbour_clerk, check=check, decision="STOPPED", now=later)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_creditcheck SET verdict = 'clear'",
        "UPDATE records_creditcheck SET hits = '[]'",
        "UPDATE records_creditcheck SET decision = 'STOPPED'",
        "UPDATE records_creditcheck SET decision = '', decision_note = '', decided_by_id = NULL, decided_at = NULL",
        "UPDATE records_creditcheck SET subject_name = '别的单位'",
        "DELETE FROM records_creditcheck",
        "TRUNCATE records_creditcheck CASCADE",
        "UPDATE records_checkrun SET purpose = 'FUNDS'",
        "UPDATE records_checkrun SET keep_until = '2020-01-01'",
        "DELETE FROM records_checkrun",
        "UPDATE records_creditreport SET number = '1'",
    ],
)
def test_no_sql_changes_an_answer(scene: Scene, statement: str) -> None:
    factories.disclosed(scene)
    check = cases.checked(scene.clerk, scene.bureau, [cases.unit(scene.bureau)]).checks.get()
    checks.decide(actor=scene.reviewer, check=check, decision="PROCEEDED", now=NOW)
    _report(scene, check)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_code_changes_an_answer(scene: Scene) -> None:
    check = cases.checked(scene.clerk, scene.bureau, [cases.unit(scene.bureau)]).checks.get()

    for change in (
        lambda: CreditCheck.objects.filter(pk=check.pk).update(verdict="clear"),
        lambda: CreditCheck.objects.filter(pk=check.pk).delete(),
        lambda: check.delete(),
        lambda: CheckRun.objects.all().update(purpose="FUNDS"),
    ):
        with pytest.raises(Uncovered):
            change()
    check.verdict = "restricted"
    with pytest.raises(DatabaseError), factories.changing_the_law():
        check.save()


def _report(scene: Scene, check: CreditCheck) -> Any:
    return reports.add(
        actor=scene.clerk, check=check, agency="安平征信", number="ZX-1", issued_on=TODAY, valid_to=TODAY,
        upload=factories.upload("报告.pdf"), now=NOW,
    )  # fmt: skip


def test_a_report_lies_beside_the_check_with_its_file(scene: Scene, browser: Browser) -> None:
    check = cases.checked(scene.clerk, scene.bureau, [cases.unit(scene.bureau)], "PROCUREMENT").checks.get()
    report = _report(scene, check)
    page = text(browser(scene.clerk).get(reverse("archives:check", args=[check.run_id])))
    address = reverse("archives:report_file", args=[check.run_id, report.pk])

    assert "安平征信 ZX-1" in page
    answer = browser(scene.reviewer).get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == factories.PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert browser(scene.neighbour_clerk).get(address).status_code == 404
    with proofs.refused(Conflict):
        _report(scene, check)


def rows(*lines: str) -> list[columns.Row]:
    """Return pasted lines."""
    return list(columns.of_text("\n".join(lines)))


def found(scene: Scene, *lines: str) -> list[Any]:
    """Return whom the lines name, for the bureau's personnel."""
    seen = officials_seen.visible_to(cases.personnel(scene), now=NOW)
    return candidates.subjects(rows(*lines), officials=seen, on=TODAY)


def test_a_list_takes_codes_ids_and_citizen_numbers_beside_names_and_headings(scene: Scene) -> None:
    number = accounts.citizen_number()
    known = accounts.official(scene.bureau, "施行远", id_number=number)
    lines = (
        "单位\t代码",
        f"交通局，{scene.bureau.uscc}",
        "",
        f"{scene.neighbour.uscc.lower()} ",
        str(known.pk),
        number,
    )

    told = found(scene, *lines)

    assert [each.key for each in told] == [
        ("unit", str(scene.bureau.pk)), ("unit", str(scene.neighbour.pk)), ("official", str(known.pk)),
        ("official", str(known.pk)),
    ]  # fmt: skip


def test_every_line_that_cannot_be_used_is_named_and_nothing_is_checked(scene: Scene) -> None:
    stranger = factories.officials_of(scene.neighbour, "施行远")
    wrong = scene.bureau.uscc[:-1] + ("A" if scene.bureau.uscc[-1] != "A" else "B")
    unknown = accounts.credit_code()
    lines = (scene.bureau.uscc, wrong, "安平市交通运输局", str(stranger.pk), unknown, str(uuid4()), "11010119900307123")

    with pytest.raises(BadLines) as caught:
        found(scene, *lines)

    assert [line.place for line in caught.value.lines] == [2, 3, 4, 5, 6, 7]
    assert "校验位" in caught.value.lines[0].why
    assert "不能只写名称" in caught.value.lines[1].why
    assert all(wrong not in line.shown for line in caught.value.lines)
    assert not CheckRun.objects.exists()


@pytest.mark.parametrize(("count", "is_taken"), [(0, False), (500, True), (501, False)])
def test_a_list_has_one_to_five_hundred_lines(scene: Scene, count: int, is_taken: bool) -> None:
    lines = [scene.bureau.uscc] * count
    if is_taken:
        assert len(found(scene, *lines)) == count
        return
    with pytest.raises(Invalid, match=r"500|空"):
        found(scene, *lines)


def xlsx(*cells: str, sheet: bytes = b"") -> bytes:
    """Return a workbook with these cells under each other."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    lines = "".join(
        f'<row r="{place}"><c t="inlineStr"><is><t>名称{place}</t></is></c><c t="s"><v>{place - 1}</v></c></row>'
        for place, _cell in enumerate(cells, start=1)
    )
    shared = "".join(f"<si><t>{cell}</t></si>" for cell in cells)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{shared}</sst>')
        archive.writestr(
            "xl/worksheets/sheet1.xml", sheet or f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'
        )
    return stream.getvalue()


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_either_encoding(scene: Scene, encoding: str) -> None:
    content = f"名称,代码\r\n交通局,{scene.bureau.uscc}\r\n应急局,{scene.neighbour.uscc}\r\n".encode(encoding)
    told = columns.of_file(SimpleUploadedFile("名单.csv", content, content_type="text/csv"))
    subjects = candidates.subjects(told, officials=Official.objects.none(), on=TODAY)
    assert [each.department for each in subjects] == [scene.bureau, scene.neighbour]


def test_a_workbook_is_read(scene: Scene) -> None:
    content = xlsx(scene.bureau.uscc, scene.neighbour.uscc)
    told = columns.of_file(SimpleUploadedFile("名单.xlsx", content, content_type=XLSX))
    subjects = candidates.subjects(told, officials=Official.objects.none(), on=TODAY)
    assert [each.department for each in subjects] == [scene.bureau, scene.neighbour]


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("name", "content", "declared"),
    [
        ("名单.csv", b"x" * (30 * 1024 * 1024), "text/csv"),
        ("名单.csv", b"\x00\x01\x02", "text/csv"),
        ("名单.xlsx", b"PK\x03\x04 broken", XLSX),
        ("名单.xlsx", b"not a zip", XLSX),
        ("名单.xlsx", xlsx("1", sheet=BOMB), XLSX),
        ("名单.xlsx", xlsx("1", sheet=b"<worksheet>"), XLSX),
        ("名单.pdf", factories.PDF, "application/pdf"),
        ("名单.exe", b"MZ", "application/octet-stream"),
        ("../名单.csv", b"a", "text/csv"),
    ],
    ids=["30 MB", "binary", "broken zip", "no zip", "entities", "cut", "pdf", "exe", "path"],
)
def test_a_file_that_is_no_list_is_refused_at_its_field(
    scene: Scene, browser: Browser, name: str, content: bytes, declared: str
) -> None:
    upload = SimpleUploadedFile(name, content, content_type=declared)
    upload._name = name  # the browser may send anything
    form = {"purpose": "AWARD", "legal_basis": cases.BASIS, "codes": "", "file": upload}

    answer = browser(scene.clerk).post(reverse("archives:new_check"), form)

    assert answer.status_code in (413, 422), answer.status_code
    assert not CheckRun.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"purpose": ""},
        {"purpose": "CURIOSITY"},
        {"legal_basis": ""},
        {"legal_basis": "长" * 201},
        {"legal_basis": "a\u202eb"},
        {"codes": ""},
        {"codes": "交通局"},
        {"codes": "\x00"},
        {"codes": "123456789012345678\n" * 501},
        {"business_ref": "x" * 101},
        {"key": "no uuid"},
    ],
)
def test_nonsense_in_the_form_is_answered_at_its_field(scene: Scene, browser: Browser, given: dict[str, str]) -> None:
    form = {"purpose": "AWARD", "legal_basis": cases.BASIS, "codes": scene.bureau.uscc, **given}
    answer = browser(scene.clerk).post(reverse("archives:new_check"), form)
    assert answer.status_code == 422
    assert not CheckRun.objects.exists()


def test_the_decision_is_recorded_on_its_page_and_every_act_stands_in_the_log(scene: Scene, browser: Browser) -> None:
    run = cases.checked(scene.clerk, scene.bureau, [cases.unit(scene.bureau)])
    line = run.checks.get()
    address = reverse("archives:decide_check", args=[run.pk, line.pk])
    client = browser(scene.clerk)

    assert client.post(address, {"decision": "NOTHING"}).status_code == 422
    assert client.post(address, {"decision": "PROCEEDED", "note": ""}).status_code == 302
    assert client.post(address, {"decision": "STOPPED", "note": ""}).status_code == 409
    assert "照常办理" in text(client.get(reverse("archives:check", args=[run.pk])))
    kinds = Entry.objects.filter(object_id=str(run.pk)).values_list("kind", flat=True)
    assert sorted(kinds) == ["check.decide", "check.run", "refused"]
