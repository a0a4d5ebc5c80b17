"""An act commits its rows and its entry together or not at all."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.transaction import TransactionManagementError

from accounts.models import Person
from ledger import acts, reading
from ledger.covered import Uncovered
from ledger.models import Entry, EntryBody
from ledger.refusals import Conflict, NotAllowed, Refused
from tests.ledger.scenes import NOW, SOMEBODY, Somebody, acting, register, written

pytestmark = pytest.mark.django_db


def body_of(entry: Entry) -> dict:
    """Read what an entry says."""
    return json.loads(bytes(EntryBody.objects.get(position=entry.position).body))


def save_and_raise(kind: str, error: Exception, **given: Any) -> None:
    """Change a row in an act that does not succeed."""
    with acting(kind, **given):
        Person(name="丙某").save()
        raise error


def go_on_after_an_error() -> None:
    """Swallow what a joined act raised, and go on changing rows."""
    with suppress(RuntimeError):
        save_and_raise("inner", RuntimeError("broke"))
    Person(name="乙某").save()


def test_an_act_writes_one_private_entry_with_every_column_of_the_changed_row():
    person = register("甲某", reason="首次登记")

    entry = written().get()
    assert (entry.kind, entry.person, entry.role) == ("person.registered", SOMEBODY.person_id, "clerk")
    assert (entry.object_type, entry.object_id) == ("accounts.person", str(person.pk))
    assert entry.at == NOW
    assert not entry.is_public
    row = body_of(entry)["rows"][0]
    assert row["table"] == "accounts_person"
    assert row["key"] == str(person.pk)
    assert set(row["columns"]) == {field.column for field in Person._meta.concrete_fields}


def test_an_entry_holds_no_value_and_no_reason():
    register("独一无二之名", reason="独一无二之由")

    body = bytes(EntryBody.objects.get(position=written().get().position).body).decode()
    assert "独一无二" not in body


def test_nested_acts_join_and_each_adds_its_entry_in_order():
    with acting("outer") as outer:
        Person(name="甲某").save()
        with acting("inner") as inner:
            Person(name="乙某").save()
            assert acts.current() is inner
        assert acts.current() is outer

    assert list(written().values_list("kind", flat=True)) == ["outer", "inner"]
    assert [len(body_of(entry)["rows"]) for entry in written()] == [1, 1]


def test_references_and_the_request_can_be_found_again():
    acts.set_request_id("req-7")
    with acting() as one:
        one.refer(name="exchange.report", key="r1", digest=b"\x01\x02")
    with acting():
        pass
    acts.set_request_id("")

    found = reading.entries_after(-1, limit=10)
    assert [entry.request_id for entry in found] == ["req-7"]
    assert reading.refs_of(found[0], "exchange.report") == [{"name": "exchange.report", "key": "r1", "digest": "0102"}]
    assert reading.entries_after(found[0].position, limit=10) == []


def test_an_error_leaves_nothing_at_all():
    with pytest.raises(RuntimeError, match="broke"):
        save_and_raise("test.done", RuntimeError("broke"))

    assert not Person.objects.exists()
    assert not written().exists()
    assert not acts.is_open()


def test_an_error_swallowed_between_joined_acts_still_dooms_the_whole():
    with pytest.raises(TransactionManagementError), acting("outer"):
        go_on_after_an_error()

    assert not Person.objects.exists()
    assert not written().exists()


def test_a_refusal_leaves_one_refused_entry_and_nothing_else():
    person = register()
    before = written().count()

    for _ in range(3):
        with pytest.raises(NotAllowed, match="回避"):
            save_and_raise("record.recognise", NotAllowed("您已申请回避。"), obj=person)

    refused = written().last()
    assert (refused.kind, refused.object_id) == ("refused", str(person.pk))
    assert refused.refs == [{"name": "refused.action", "key": "record.recognise", "digest": ""}]
    assert written().count() == before + 1
    assert Person.objects.count() == 1


def test_another_action_object_person_or_minute_is_another_refusal():
    person, other = register(), register()

    for given in (
        {"kind": "a", "obj": person},
        {"kind": "b", "obj": person},
        {"kind": "a", "obj": other},
        {"kind": "a", "obj": person, "actor": Somebody(uuid4())},
        {"kind": "a", "obj": person, "now": NOW + timedelta(minutes=1)},
    ):
        with pytest.raises(Conflict), acting(**given):
            raise Conflict("不行。")

    assert written().filter(kind="refused").count() == 5


def test_a_refusal_inside_a_joined_act_is_told_under_the_inner_action():
    with pytest.raises(Refused), acting("outer"), acting("inner"):
        raise Refused("不行。")

    assert [ref["key"] for ref in written().get().refs] == ["inner"]


def test_an_act_needs_a_moment_with_a_zone():
    with pytest.raises(ValueError, match="zone"), acting(now=datetime(2026, 5, 11)):
        pass


def test_a_covered_row_needs_an_open_act_to_be_saved_and_can_never_be_deleted():
    person = register()

    with pytest.raises(acts.NoActOpen):
        person.save()
    with pytest.raises(acts.NoActOpen):
        Person.objects.bulk_create([Person(name="乙某")])
    for change in (person.delete, Person.objects.all().delete, lambda: Person.objects.update(name="丙某")):
        with pytest.raises(Uncovered):
            change()
    assert list(Person.objects.values_list("name", flat=True)) == ["甲某"]


def test_bulk_writes_note_every_row():
    with acting():
        made = Person.objects.bulk_create([Person(name=f"第{n}人") for n in range(5)])
    with acting():
        for person in made:
            person.name += "甲"
        Person.objects.bulk_update(made, ["name"])
    with acting(), pytest.raises(Uncovered):
        Person.objects.bulk_create([Person(name="乙某")], ignore_conflicts=True)

    assert [len(body_of(entry)["rows"]) for entry in written()] == [5, 5, 0]


def test_an_act_takes_few_round_trips(django_assert_num_queries):
    people = [Person(name=f"第{n}人") for n in range(20)]
    # Savepoint in and out (BEGIN and COMMIT outside tests), the insert, one read back, one append.
    with django_assert_num_queries(5), acting():
        Person.objects.bulk_create(people)
