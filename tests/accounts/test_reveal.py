"""Sealed numbers: never in clear in the table, masked on pages, shown for a reason only, and never without an entry."""

import base64
from datetime import timedelta

import pytest
from django.db import connection

from accounts import sealed
from accounts.models import Reveal
from accounts.services import reveals
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid, Missing, NotAllowed
from tests.accounts import factories
from tests.accounts.factories import NOW, Tree, signed_in

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


def entries(kind: str) -> list[Entry]:
    """Return the entries of one kind."""
    return list(Entry.objects.filter(kind=kind).order_by("position"))


def refusals_of(action: str) -> list[Entry]:
    """Return the entries about refused attempts at an action."""
    return [row for row in entries("refused") if row.refs[0]["key"] == action]


def test_scenario_78_reveal_needs_a_reason_and_is_logged(tree: Tree) -> None:
    official = factories.official(tree.transport, phone=PHONE)
    viewer = factories.user(("personnel", tree.transport))
    with pytest.raises(Invalid, match="请写明查看理由") as refusal:
        reveals.reveal(actor=viewer, official=official, field="phone", reason="  ", now=NOW)
    assert refusal.value.field == "reason"
    assert not Reveal.objects.exists()
    assert len(refusals_of("accounts.reveal_phone")) == 1
    reason = "寄送文书核对收件人"
    assert reveals.reveal(actor=viewer, official=official, field="phone", reason=reason, now=NOW) == PHONE
    (entry,) = entries("accounts.reveal_phone")
    assert (entry.person, entry.role, entry.object_id) == (viewer.person_id, "personnel", str(official.pk))
    look = Reveal.objects.get()
    assert (look.viewer_id, look.reason, look.field) == (viewer.person_id, reason, "phone")


def test_scenario_78_in_the_browser_the_number_shows_on_one_answer_only(tree: Tree) -> None:
    official = factories.official(tree.transport, phone=PHONE)
    browser = signed_in(factories.user(("personnel", tree.transport)))
    page = f"/staff/officials/{official.pk}/"
    assert "138****5678" in browser.get(page).content.decode()
    assert PHONE not in browser.get(page).content.decode()
    refused = browser.post(f"{page}reveal/phone/", {"reason": ""})
    assert refused.status_code == 422
    assert PHONE not in refused.content.decode()
    shown = browser.post(f"{page}reveal/phone/", {"reason": "寄送文书核对收件人"})
    assert PHONE in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    after = browser.get(page).content.decode()
    assert PHONE not in after
    assert "寄送文书核对收件人" in after


@pytest.mark.parametrize(("role", "place"), [("clerk", "transport"), ("personnel", "safety"), ("auditor", "province")])
def test_whom_the_policy_does_not_name_sees_no_number(tree: Tree, role: str, place: str) -> None:
    official = factories.official(tree.transport)
    viewer = factories.user((role, getattr(tree, place)))
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        reveals.reveal(actor=viewer, official=official, field="id_number", reason="核对身份信息", now=NOW)
    assert Entry.objects.count() == before + 1
    assert not Reveal.objects.exists()


def test_an_official_sees_his_own_number(tree: Tree) -> None:
    official = factories.official(tree.transport, phone=PHONE)
    himself = factories.account(official.person)
    assert reveals.reveal(actor=himself, official=official, field="phone", reason="核对本人号码", now=NOW) == PHONE


def test_looks_are_limited_by_the_hour(tree: Tree) -> None:
    official = factories.official(tree.transport)
    viewer = factories.user(("personnel", tree.transport))
    for place in range(reveals.PER_HOUR):
        at = NOW + timedelta(seconds=place)
        reveals.reveal(actor=viewer, official=official, field="phone", reason="核对身份信息", now=at)
    with pytest.raises(reveals.TooMany, match="一小时内最多"):
        reveals.reveal(
            actor=viewer, official=official, field="phone", reason="核对身份信息", now=NOW + timedelta(minutes=59)
        )
    later = NOW + timedelta(hours=1, minutes=1)
    assert reveals.reveal(actor=viewer, official=official, field="phone", reason="核对身份信息", now=later)


def test_a_number_that_is_not_on_file_is_said_to_be_missing(tree: Tree) -> None:
    official = factories.official(tree.transport, phone="")
    viewer = factories.user(("personnel", tree.transport))
    with pytest.raises(Missing):
        reveals.reveal(actor=viewer, official=official, field="phone", reason="核对身份信息", now=NOW)


def test_the_table_holds_no_number_in_clear_in_any_spelling(tree: Tree) -> None:
    number = factories.citizen_number()
    factories.official(tree.transport, id_number=number, phone=PHONE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text FROM accounts_person p")
        dump = "".join(row[0] for row in cursor.fetchall())
        cursor.execute(
            "SELECT encode(id_number_sealed, 'escape') FROM accounts_person WHERE id_number_sealed IS NOT NULL"
        )
        dump += "".join(row[0] for row in cursor.fetchall())
    for secret in (number, PHONE, number[6:14]):
        for form in (secret, secret.encode().hex(), base64.b64encode(secret.encode()).decode()):
            assert form not in dump


def test_one_number_is_one_person(tree: Tree) -> None:
    number = factories.citizen_number()
    person = factories.person("甲", id_number=number)
    assert sealed.find(id_number=number) == person
    with pytest.raises(Conflict, match="已经登记在另一人名下"):
        factories.person("乙", id_number=number)


def test_the_holder_of_a_number_is_found_through_the_form_body_and_within_scope_only(tree: Tree) -> None:
    number = factories.citizen_number()
    official = factories.official(tree.transport, id_number=number)
    inside = signed_in(factories.user(("personnel", tree.transport)))
    found = inside.post("/staff/officials/", {"id_number": number})
    assert found["Location"] == f"/staff/officials/{official.pk}/"
    outside = signed_in(factories.user(("personnel", tree.safety)))
    missed = outside.post("/staff/officials/", {"id_number": number})
    unknown = outside.post("/staff/officials/", {"id_number": factories.citizen_number()})
    assert missed.status_code == unknown.status_code == 422
    assert official.person.name not in missed.content.decode()


def test_another_departments_official_is_not_shown_and_the_attempt_is_written_down(tree: Tree) -> None:
    official = factories.official(tree.transport)
    browser = signed_in(factories.user(("personnel", tree.safety)))
    before = Entry.objects.count()
    answer = browser.get(f"/staff/officials/{official.pk}/")
    assert answer.status_code == 403
    assert official.person.name not in answer.content.decode()
    assert Entry.objects.count() == before + 1
    for act in ("reveal/phone/", "posts/new/"):
        assert official.person.name not in browser.get(f"/staff/officials/{official.pk}/{act}").content.decode()
