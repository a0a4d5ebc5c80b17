"""Publishing, marking, correcting and ending: what is public, what stays, what may not happen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from disclosure import canonical, publishing, reading
from disclosure.models import Document
from ledger.acts import NoActOpen
from ledger.models import Entry, PublicEntry, Tombstone
from ledger.refusals import Conflict, Invalid, Missing, Refused, Stale
from tests.disclosure import builders
from tests.disclosure.builders import NOON

pytestmark = pytest.mark.django_db


def public_entries() -> int:
    return PublicEntry.objects.count()


def test_a_published_document_is_visible_and_its_bytes_are_in_the_log():
    row = builders.publish()

    assert [each.pk for each in reading.visible(on=NOON)] == [row.pk]
    entry = PublicEntry.objects.get(document=row.pk)
    assert bytes(entry.body) == row.body.encode()
    content = canonical.decode(row.body)
    assert canonical.encode(content) == row.body
    assert content["visible_until"] == "2027-05-11"
    assert content["department"]["ancestors"] == [builders.PROVINCE, builders.CITY, builders.BUREAU]


def test_nothing_is_published_outside_an_act():
    with pytest.raises(NoActOpen):
        publishing.publish(document=builders.paper(), now=NOON)
    assert not Document.objects.exists()


@pytest.mark.parametrize("value", [True, None, 1.5])
def test_only_text_and_whole_numbers_become_public_bytes(value):
    with pytest.raises(TypeError):
        builders.publish(fields={"organ": value})


@pytest.mark.parametrize(
    "window", [(date(2026, 5, 12), date(2027, 5, 12)), (date(2025, 5, 10), date(2026, 5, 10))], ids=["tomorrow", "over"]
)
def test_nothing_is_published_before_its_first_or_after_its_last_day(window):
    with pytest.raises(Invalid, match="只能在公示期内公示"):
        builders.publish(visible_from=window[0], visible_until=window[1])
    assert not Document.objects.exists()
    assert public_entries() == 0
    assert Entry.objects.filter(kind="refused").count() == 1


def test_a_mark_makes_a_new_version_of_the_same_text():
    row = builders.publish()
    builders.mark(row.pk, version=2)

    marked = Document.objects.get()
    assert marked.marked_on == date(2026, 5, 11)
    assert canonical.decode(marked.body) == canonical.decode(row.body) | {"version": 2, "objected_since": "2026-05-11"}
    assert [entry.body is None for entry in PublicEntry.objects.order_by("position")] == [True, False]


def test_taking_the_mark_off_leaves_the_text_as_it_was():
    row = builders.publish()
    builders.mark(row.pk, version=2)
    builders.mark(row.pk, version=3, marked=False)

    assert Document.objects.get().marked_on is None
    assert canonical.decode(Document.objects.get().body) == canonical.decode(row.body) | {"version": 3}


def test_a_correction_is_told_without_the_former_text_and_keeps_the_mark():
    row = builders.publish()
    builders.mark(row.pk, version=2)
    builders.correct(builders.paper(id=row.pk, version=3, title="更正后的标题"), what="标题写错，已改正。")

    content = canonical.decode(Document.objects.get().body)
    assert content["title"] == "更正后的标题"
    assert content["objected_since"] == "2026-05-11"
    assert content["corrections"] == [{"day": "2026-05-11", "what": "标题写错，已改正。"}]
    assert "无障碍" not in content["title"]


def test_a_correction_without_words_is_refused():
    row = builders.publish()
    with pytest.raises(Invalid, match="更正了什么"):
        builders.correct(builders.paper(id=row.pk, version=2), what="  ")
    assert Document.objects.get().version == 1


@pytest.mark.parametrize("kind", publishing.KINDS_OF_END)
def test_an_ended_document_keeps_no_content_anywhere(kind):
    row = builders.publish()
    builders.end(row.pk, kind=kind)

    left = Document.objects.get()
    assert (left.ended_kind, left.ended_on, left.version) == (kind, date(2026, 5, 11), 2)
    assert {name: getattr(left, name) for name in publishing.EMPTY} == publishing.EMPTY
    assert not reading.visible(on=NOON).exists()
    assert [entry.kind for entry in Tombstone.objects.all()] == [kind]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entrybody WHERE convert_from(body, 'UTF8') LIKE '%交通运输局%'")
        assert cursor.fetchone() == (0,)


def test_an_expiry_is_dated_on_the_last_public_day_however_late_it_is_noticed():
    row = builders.publish(visible_until=date(2026, 6, 1))
    builders.end(row.pk, kind="expired", now=NOON + timedelta(days=40))
    assert Document.objects.get().ended_on == date(2026, 6, 1)


def _repeat(document):
    builders.publish(id=document.pk, version=1)


def _republish_ended(document):
    builders.end(document.pk)
    builders.publish(id=document.pk, version=9)


def _end_twice(document):
    builders.end(document.pk)
    builders.end(document.pk, version=3)


def _mark_ended(document):
    builders.end(document.pk)
    builders.mark(document.pk, version=3)


@pytest.mark.parametrize(
    ("deed", "refusal"),
    [(_repeat, Stale), (_republish_ended, Conflict), (_end_twice, Conflict), (_mark_ended, Conflict)],
)
def test_an_act_on_what_has_moved_on_is_refused(deed, refusal):
    row = builders.publish()
    with pytest.raises(refusal):
        deed(row)
    assert Entry.objects.filter(kind="refused").count() == 1


def test_what_was_never_public_can_neither_be_marked_corrected_nor_ended():
    stranger = builders.paper()
    for deed in (
        lambda: builders.mark(stranger.id),
        lambda: builders.end(stranger.id),
        lambda: builders.correct(replace(stranger, version=2)),
    ):
        with pytest.raises(Missing):
            deed()
    assert not Document.objects.exists()
    assert public_entries() == 0


def test_the_database_itself_refuses_an_ended_document_with_content():
    row = builders.publish()
    with (
        pytest.raises(IntegrityError, match="document_ended_is_empty"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE disclosure_document SET ended_on = '2026-05-11', ended_kind = 'repaired' WHERE id = %s",
            [str(row.pk)],
        )


def test_a_refused_version_leaves_the_public_one_as_it_was():
    row = builders.publish()
    with pytest.raises(Refused):
        builders.publish(id=row.pk, version=0, title="别的标题")
    assert Document.objects.get().body == row.body
