"""A document that ended by repair may return under its address when the repair is revoked; no other end is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from disclosure import publishing, reading
from disclosure.models import Document
from ledger.actors import SYSTEM
from ledger.acts import act
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid, Missing, Stale
from ledger.verification.run import verify
from tests.disclosure import builders
from tests.disclosure.builders import NOON

pytestmark = pytest.mark.django_db


def restore(document, *, now=NOON):
    with act(kind="test.restore", actor=SYSTEM, role="system", now=now):
        return publishing.restore(document=document, now=now)


def again(row, version=3):
    return replace(builders.paper(), id=row.pk, version=version)


def test_it_is_shown_again_as_a_newer_version_with_its_old_days(client, set_clock):
    set_clock(NOON)
    row = builders.publish()
    builders.end(row.pk, kind="repaired")
    assert client.get(f"/documents/{row.pk}/").status_code == 410

    restore(again(row))

    assert reading.visible(on=NOON).get().version == 3
    assert client.get(f"/documents/{row.pk}/").status_code == 200
    assert client.get(f"/api/v1/documents/{row.pk}/").json()["version"] == 3
    assert str(row.pk) in client.get("/search/?q=坡道").content.decode()
    assert "修复被撤销，一条记录再次公示" in client.get("/changes/").content.decode()
    assert Document.objects.get().visible_until == row.visible_until


def test_a_follower_of_the_feed_shows_it_again(client, set_clock):
    set_clock(NOON)
    row = builders.publish()
    builders.end(row.pk, kind="repaired")
    restore(again(row))

    items = client.get("/api/v1/changes/").json()["items"]

    assert [(item["op"], item["reason"], item["version"]) for item in items] == [
        ("upsert", "publish", 1),
        ("tombstone", "repaired", 2),
        ("upsert", "restore", 3),
    ]
    assert [item["data"] is not None for item in items] == [False, False, True]
    assert items[-1]["visible_until"] == row.visible_until.isoformat()


def test_it_ends_again_like_any_other(client, set_clock):
    set_clock(NOON)
    row = builders.publish()
    builders.end(row.pk, kind="repaired")
    restore(again(row))
    builders.end(row.pk, version=4, kind="withdrawn")

    assert client.get(f"/documents/{row.pk}/").status_code == 410
    items = client.get("/api/v1/changes/").json()["items"]
    assert all(item["data"] is None for item in items)


def test_the_ledger_stays_whole():
    row = builders.publish()
    builders.end(row.pk, kind="repaired")
    restore(again(row))

    found = verify()
    assert not found.findings


@pytest.mark.parametrize("kind", ["withdrawn", "expired", "delisted"])
def test_no_other_end_is_undone(kind):
    row = builders.publish()
    builders.end(row.pk, kind=kind)
    with pytest.raises(Conflict, match="只有因信用修复结束"):
        restore(again(row))
    assert Document.objects.get().ended_kind == kind


def test_what_is_shown_or_never_was_is_not_restored():
    row = builders.publish()
    with pytest.raises(Conflict):
        restore(again(row))
    with pytest.raises(Missing):
        restore(builders.paper())


def test_neither_an_old_version_nor_a_day_too_late():
    row = builders.publish()
    builders.end(row.pk, kind="repaired")
    with pytest.raises(Stale):
        restore(again(row, version=2))
    with pytest.raises(Invalid, match="只能在公示期内"):
        restore(again(row), now=NOON + timedelta(days=3660))
    assert Entry.objects.filter(kind="refused").count() == 2
    assert not reading.visible(on=NOON).exists()


def resume(document, *, corrections=(), now=NOON):
    with act(kind="test.resume", actor=SYSTEM, role="system", now=now):
        return publishing.resume(document=document, corrections=corrections, now=now)


def test_a_suspended_one_is_taken_up_again_with_its_notes_and_its_old_days(client, set_clock):
    set_clock(NOON)
    row = builders.publish()
    builders.end(row.pk, kind="suspended")
    page = client.get(f"/documents/{row.pk}/")
    assert page.status_code == 410
    assert "起暂停" in page.content.decode()
    assert "已结束" not in page.content.decode()

    resume(again(row), corrections=[(NOON.date(), "更正了日期")])

    shown = client.get(f"/api/v1/documents/{row.pk}/").json()
    assert (shown["version"], shown["visible_until"]) == (3, row.visible_until.isoformat())
    assert shown["corrections"] == [{"day": NOON.date().isoformat(), "what": "更正了日期"}]
    assert [item["reason"] for item in client.get("/api/v1/changes/").json()["items"]] == [
        "publish",
        "suspended",
        "resume",
    ]
    assert not verify().findings


@pytest.mark.parametrize("kind", ["withdrawn", "expired", "repaired", "stopped", "delisted"])
def test_a_suspension_gives_way_to_every_other_end(client, set_clock, kind):
    set_clock(NOON)
    row = builders.publish()
    builders.end(row.pk, kind="suspended")
    assert publishing.is_open(document_id=row.pk)
    builders.end(row.pk, version=3, kind=kind)

    assert not publishing.is_open(document_id=row.pk)
    assert client.get(f"/api/v1/documents/{row.pk}/").json()["reason"] == kind
    with pytest.raises(Conflict, match="只有异议处理期间暂停"):
        resume(again(row, version=4))
    assert not verify().findings


@pytest.mark.parametrize(
    ("first", "second"),
    [("suspended", "suspended"), ("withdrawn", "suspended"), ("stopped", "expired"), ("repaired", "withdrawn")],
)
def test_no_other_end_is_told_anew(first, second):
    row = builders.publish()
    builders.end(row.pk, kind=first)
    with pytest.raises(Conflict, match="已经结束"):
        builders.end(row.pk, version=3, kind=second)
    assert Document.objects.get().ended_kind == first


def test_what_is_shown_or_never_was_is_not_taken_up():
    row = builders.publish()
    with pytest.raises(Conflict):
        resume(again(row))
    with pytest.raises(Missing):
        resume(builders.paper())
    builders.end(row.pk, kind="suspended")
    with pytest.raises(Stale):
        resume(again(row, version=2))
    with pytest.raises(Invalid, match="只能在公示期内"):
        resume(again(row), now=NOON + timedelta(days=3660))
