"""``verify_ledger`` finds nothing where nothing was touched, and names exactly what was."""

from __future__ import annotations

import base64
import hashlib
import json
import random
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Person
from ledger import coverage, folding, heads, signer
from ledger.acts import set_request_id
from ledger.coverage import CoveredDocument, CoveredFile
from ledger.suites.hashing import SHA256
from ledger.verification.findings import Report
from ledger.verification.run import verify
from tests.ledger.scenes import NOW, acting, bury, publish, raw, register, tampering

PLACES = 50
COLUMNS = {
    "ledger_entry": (
        "position id kind object_type object_id person role at recorded_at request_id reason_digest refs is_public document version"
        " commitment leaf"
    ),
    "ledger_entrybody": "position salt body",
    "ledger_tombstone": "position document version kind day",
    "ledger_node": "level index hash",
    "ledger_head": "size root text signed_at",
    "accounts_person": "id name id_number_sealed id_number_lookup phone_sealed phone_lookup",
}
KEYS = {
    "ledger_entry": "position",
    "ledger_entrybody": "position",
    "ledger_tombstone": "position",
    "ledger_node": "level || '/' || index",
    "ledger_head": "size",
    "accounts_person": "id",
}


def scene() -> tuple[UUID, UUID]:
    """Fill a log with rows, references, public versions and an end, under two heads; give a standing and an ended document."""
    set_request_id("req-1")
    for n in range(6):
        with acting("person.registered", reason="登记") as opened:
            number = f"{n}".encode() * 8
            person = Person(
                name=f"第{n}人",
                id_number_sealed=number,
                id_number_lookup=number,
                phone_sealed=number,
                phone_lookup=number,
            )
            person.save()
            opened.about(person)
            opened.refer(name="exchange.report", key=str(n), digest=number)
    kept, ended = uuid4(), uuid4()
    publish(kept, b'{"v":1}')
    publish(ended, b'{"v":1}')
    heads.sign_head(NOW)
    publish(kept, b'{"v":2}', version=2, kind="correct")
    bury(ended)
    set_request_id("")
    heads.sign_head(NOW + timedelta(seconds=5))
    return kept, ended


def told(report: Report) -> set[tuple[str, str, str]]:
    """Give the places a report names."""
    return {(finding.table, finding.key, finding.column) for finding in report.findings}


def test_an_untouched_log_is_clean_again_and_again(small_house):
    scene()
    for _ in range(3):
        report = verify()
        assert [str(finding) for finding in report.findings] == []
    assert report.counts["rows"] == 6
    assert report.counts["heads"] == 3  # two stored, and the signer's own last one
    register("还没有树头覆盖")
    assert verify().findings == []


def changed(value: Any, dice: random.Random) -> Any:
    """Change one byte (or the least there is) of a value."""
    if isinstance(value, bytes):
        place = dice.randrange(len(value))
        return value[:place] + bytes([value[place] ^ 1 << dice.randrange(8)]) + value[place + 1 :]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, str):
        place = dice.randrange(len(value))
        return value[:place] + ("x" if value[place] != "x" else "y") + value[place + 1 :]
    return value


SPELLED = {"at", "recorded_at", "signed_at", "day", "document", "id", "person", "refs"}
NUDGED = {
    "at": "at + interval '1 microsecond'",
    "recorded_at": "recorded_at + interval '1 microsecond'",
    "signed_at": "signed_at + interval '1 microsecond'",
    "day": "day + 1",
    "document": "overlay(document::text placing 'f0' from 1)::uuid",
    "id": "overlay(id::text placing 'f0' from 1)::uuid",
    "person": "overlay(person::text placing 'f0' from 1)::uuid",
    "refs": "jsonb_set(refs, '{0,key}', '\"9x\"')",
}


def one_change(cursor: Any, table: str, column: str, dice: random.Random) -> tuple[str, str, list[Any]]:
    """Choose a row with something in this column; give its key, and the statement that changes one byte there."""
    key, wanted = KEYS[table], "<> '[]'" if column == "refs" else "IS NOT NULL"
    empty = f"AND length({column}::text) > 0"
    cursor.execute(f"SELECT ({key})::text, {column} FROM {table} WHERE {column} {wanted} {empty} ORDER BY 1")
    rows = cursor.fetchall()
    chosen, value = rows[dice.randrange(len(rows))]
    value = bytes(value) if isinstance(value, memoryview) else value
    if column in NUDGED:
        return chosen, f"UPDATE {table} SET {column} = {NUDGED[column]} WHERE ({key})::text = %s", [chosen]
    return chosen, f"UPDATE {table} SET {column} = %s WHERE ({key})::text = %s", [changed(value, dice), chosen]


def is_named(found: set[tuple[str, str, str]], table: str, key: str, column: str) -> bool:
    """Tell whether the change is named; a key column is named by its row being missing, a time by the range under one head."""
    if column in KEYS[table]:
        return any(one[0] == table or one[0].startswith("ledger_") for one in found)
    if column == "recorded_at":
        return any(one[0] == table and one[2] == column and covers(one[1], int(key)) for one in found)
    return (table, key, column) in found


def covers(spoken: str, position: int) -> bool:
    """Tell whether a key such as ``4–9`` covers a position."""
    first, _, last = spoken.partition("–")
    return int(first) <= position <= int(last or first)


def test_any_single_changed_byte_is_named(small_house):
    scene()
    dice = random.Random(20260511)  # noqa: S311 - a repeatable choice of places
    every = [(table, column) for table, columns in COLUMNS.items() for column in columns.split()]
    places = every + [every[dice.randrange(len(every))] for _ in range(PLACES - len(every))]
    with raw("owner") as owner:
        owner.execute("ALTER TABLE ledger_entry DROP CONSTRAINT entry_public_names_document")
    missed, loose = [], []
    for table, column in places:
        with tampering() as cursor:
            cursor.execute(f"CREATE TABLE kept AS TABLE {table}")
            key, statement, values = one_change(cursor, table, column, dice)
            cursor.execute(statement, values)
        found = told(verify())
        with tampering() as cursor:
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute(f"INSERT INTO {table} SELECT * FROM kept")
            cursor.execute("DROP TABLE kept")
        if not is_named(found, table, key, column):
            missed.append((table, key, column, found))
        elif len(found) > 1 and column not in KEYS[table]:
            loose.append((table, key, column, found))
    assert len(places) >= 50
    assert missed == []
    assert loose == []
    assert verify().findings == []


def test_a_row_inserted_deleted_or_copied_back_behind_the_logs_back_is_named(small_house):
    person, other = register("甲某"), register("乙某")
    with raw("owner") as cursor:
        cursor.execute("INSERT INTO accounts_person (id, name) VALUES (%s, '外来')", [str(UUID(int=7))])
    with tampering() as cursor:
        cursor.execute("DELETE FROM accounts_person WHERE id = %s", [str(person.pk)])
        cursor.execute("UPDATE accounts_person SET name = '改名' WHERE id = %s", [str(other.pk)])

    assert {(finding.code, finding.key, finding.column) for finding in verify().findings} == {
        ("row.without_entry", str(UUID(int=7)), ""),
        ("entry.without_row", str(person.pk), ""),
        ("row.column", str(other.pk), "name"),
    }


def test_an_entry_taken_out_of_the_middle_is_named(small_house):
    scene()
    with tampering() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE position = 3")
    assert ("ledger_entry", "3", "position") in told(verify())


def test_swapped_entries_are_named(small_house):
    scene()
    with tampering() as cursor:
        for table in ("ledger_entry", "ledger_entrybody"):
            for old, new in ((2, 100), (3, 2), (100, 3)):
                cursor.execute(f"UPDATE {table} SET position = %s WHERE position = %s", [new, old])
    assert "head.root" in {finding.code for finding in verify().findings}


def cut_tail(size: int) -> None:
    """Be the attacker who removes everything from a position on, with heads and nodes, and whose key store is the portal's."""
    with tampering() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE position >= %s", [size])
        cursor.execute("DELETE FROM ledger_entrybody WHERE position >= %s", [size])
        cursor.execute("DELETE FROM ledger_tombstone WHERE position >= %s", [size])
        cursor.execute("DELETE FROM ledger_head WHERE size > %s", [size])
        cursor.execute("DELETE FROM ledger_node WHERE (index + 1) * 2 ^ level > %s", [size])


def forget_the_signers_last_head(text: str = "") -> None:
    """Be the attacker who can write into the signer's folder too."""
    (Path(signer.own().folder) / "last").write_text(text, encoding="utf-8")


def test_a_deleted_tail_shows_against_the_signers_and_against_a_saved_head(small_house, tmp_path):
    register("甲某")
    early = heads.sign_head(NOW)
    register("乙某")
    saved = tmp_path / "saved.txt"
    saved.write_text(heads.sign_head(NOW).text)
    person = Person.objects.get(name="乙某")
    cut_tail(1)
    with tampering() as cursor:
        cursor.execute("DELETE FROM accounts_person WHERE id = %s", [str(person.pk)])

    assert {finding.code for finding in verify().findings} == {"head.tail", "head.missing"}
    forget_the_signers_last_head(early.text)
    assert verify().findings == []  # nothing inside can tell any more …
    found = verify(outside_heads=[saved]).findings
    assert [(finding.code, finding.key) for finding in found] == [("head.tail", "1–1")]  # … but what somebody kept can


def test_a_rewritten_log_shows_against_a_saved_head_and_is_not_signed(small_house, tmp_path):
    register("甲某")
    register("乙某")
    saved = tmp_path / "saved.txt"
    saved.write_text(heads.sign_head(NOW).text)
    cut_tail(0)
    with tampering() as cursor:
        cursor.execute("DELETE FROM accounts_person")
    register("丙某")
    register("丁某")
    register("戊某")

    with pytest.raises(signer.InconsistentHead):
        heads.sign_head(NOW)
    forget_the_signers_last_head()
    heads.sign_head(NOW)
    assert verify().findings == []
    found = verify(outside_heads=[saved]).findings
    assert [(finding.code, finding.key) for finding in found] == [("head.root", "0–1")]


def test_a_head_that_went_missing_between_two_is_missed(small_house):
    register()
    heads.sign_head(NOW)
    register()
    heads.sign_head(NOW)
    register()
    heads.sign_head(NOW)
    with tampering() as cursor:
        cursor.execute("DELETE FROM ledger_head WHERE size = 2")
    assert [(finding.code, finding.key) for finding in verify().findings] == [("head.missing", "2")]


def test_a_head_of_another_key_or_log_does_not_count_as_saved(small_house, tmp_path):
    scene()
    path = tmp_path / "head.txt"
    path.write_text(heads.latest().text.replace("integrity", "intregity"))
    assert [finding.code for finding in verify(outside_heads=[path]).findings] == ["head.outside"]


def test_files_are_compared_both_ways(small_house, tmp_path, monkeypatch):
    rows = []
    for name in ("same", "changed", "gone"):
        path = tmp_path / name
        path.write_bytes(name.encode())
        rows.append(CoveredFile(name, hashlib.sha256(name.encode()).hexdigest(), path))
    coverage.cover_files("evidence", lambda: rows, folder=lambda: tmp_path)
    assert verify().findings == []

    (tmp_path / "changed").write_bytes(b"changee")
    (tmp_path / "gone").unlink()
    (tmp_path / "stranger").write_bytes(b"")
    assert {(finding.code, finding.table, finding.key) for finding in verify().findings} == {
        ("file.changed", "evidence", "changed"),
        ("file.missing", "evidence", "gone"),
        ("file.stranger", "evidence", "stranger"),
    }


@pytest.mark.parametrize(
    ("served", "code"),
    [
        (lambda kept, ended: [(kept, 2, b'{"v":2}'), (ended, 2, None)], None),
        (lambda kept, ended: [(kept, 2, b'{"v":3}'), (ended, 2, None)], "document.body"),
        (lambda kept, ended: [(kept, 1, b'{"v":2}'), (ended, 2, None)], "document.version"),
        (lambda kept, ended: [(kept, 2, None), (ended, 2, None)], "document.body"),
        (lambda kept, ended: [(kept, 2, b'{"v":2}'), (ended, 2, b'{"v":1}')], "document.not_erased"),
        (lambda kept, ended: [(kept, 2, b'{"v":2}')], "document.missing"),
        (
            lambda kept, ended: [(kept, 2, b'{"v":2}'), (ended, 2, None), (UUID(int=1), 1, b"{}")],
            "document.without_entry",
        ),
    ],
)
def test_public_documents_are_compared_both_ways(small_house, served, code):
    kept, ended = scene()
    coverage.cover_documents("public", lambda: [CoveredDocument(*one) for one in served(kept, ended)])
    assert [finding.code for finding in verify().findings] == ([code] if code else [])


def test_a_body_restored_after_its_document_ended_is_named(small_house):
    _, ended = scene()
    with tampering() as cursor:
        cursor.execute("SELECT min(position) FROM ledger_entry WHERE document = %s", [str(ended)])
        position = cursor.fetchone()[0]
        cursor.execute("INSERT INTO ledger_entrybody VALUES (%s, '', '', 0)", [position])
    assert "body.not_erased" in {finding.code for finding in verify().findings}


def test_a_column_a_migration_added_is_unexplained_once_it_holds_something_until_it_is_noted(small_house, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(coverage, "covered_columns", lambda model: ["id", "id_number_sealed"])
        folding._select.cache_clear()
        person = register("甲某")
    folding._select.cache_clear()

    assert [(finding.key, finding.column) for finding in verify().findings] == [(str(person.pk), "name")]
    call_command("note_rows", "accounts.Person", stdout=StringIO())
    assert verify().findings == []


def test_the_command_tells_people_and_machines_and_leaves_with_its_code(small_house, capsys):
    scene()
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    assert "全部相符" in out.getvalue()

    with tampering() as cursor:
        cursor.execute("UPDATE accounts_person SET name = '改名' WHERE name = '第1人'")
    for options in ({}, {"json": True}):
        out = StringIO()
        with pytest.raises(SystemExit) as left:
            call_command("verify_ledger", stdout=out, **options)
        assert left.value.code == 1
    answer = json.loads(out.getvalue())
    assert [(finding["table"], finding["column"]) for finding in answer["findings"]] == [("accounts_person", "name")]


def test_the_command_says_when_it_cannot_verify_at_all(small_house, tmp_path):
    register()
    heads.sign_head(NOW)
    error = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("verify_ledger", head=[tmp_path / "not there"], stderr=error)
    assert left.value.code == 2
    assert "无法核验" in error.getvalue()


def slip_in(body: bytes) -> None:
    """Be the attacker with the portal's own login, who can append what he likes."""
    salt = bytes(16)
    commitment = SHA256.commitment(salt=salt, body=body)
    draft = {
        "id": str(uuid4()),
        "kind": "x",
        "object_type": "",
        "object_id": "",
        "role": "x",
        "at": "2026-05-11T00:00Z",
    }
    draft |= {
        "request_id": "",
        "refs": [],
        "is_public": False,
        "body": base64.b64encode(body).decode(),
        "salt": salt.hex(),
    }
    draft |= {"commitment": commitment.hex(), "leaf": SHA256.leaf(commitment).hex()}
    with raw("default") as cursor:
        cursor.execute("SELECT ledger_append(%s)", [json.dumps([draft])])


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[]", b"{}", b'{"rows":5}', b'{"object":1,"rows":[1]}', b"[" * 100_000]
)
def test_a_body_somebody_slipped_in_through_the_open_door_is_named_and_stops_nothing(small_house, body):
    slip_in(body)
    register("其后")

    assert told(verify()) == {("ledger_entrybody", "0", "body")}


def test_a_note_of_rows_that_cannot_exist_stops_nothing(small_house):
    register("其先")
    rows = [{"table": table, "key": key, "columns": {}} for table, key in (("accounts_person", "zz"), ("no_such", "1"))]
    said = {
        "id": "x",
        "kind": "x",
        "role": "x",
        "at": "x",
        "request": "",
        "fold": folding.key_name(),
        "refs": [],
        "rows": rows,
    }
    slip_in(json.dumps(said | {"public": [], "person": None, "reason": None, "object": ["", ""]}).encode())

    found = {(finding.code, finding.table, finding.key) for finding in verify().findings}
    assert {("entry.without_row", "accounts_person", "zz"), ("row.table", "no_such", "")} <= found


def test_a_machine_that_does_not_sign_needs_the_public_key(small_house, settings, tmp_path):
    scene()
    key = signer.public_key_text()
    settings.LEDGER_SIGNING_DIR = tmp_path / "elsewhere"

    assert [finding.code for finding in verify().findings] == ["head.key"]
    call_command("verify_ledger", "--key", key, stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("verify_ledger", "--key", "AAAA", stdout=StringIO())
    assert not (tmp_path / "elsewhere").exists()
