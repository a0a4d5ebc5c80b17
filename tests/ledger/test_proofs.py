"""What the portal proves convinces the citizens' verifier, and nothing that was forged does."""

from __future__ import annotations

import base64
import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from ledger import checkpoint, heads, proofs, reading, signer
from ledger.checkpoint import Checkpoint
from ledger.suites.signing import Ed25519Signer
from ledger.verifier import verify_disclosure as verifier
from tests.ledger.scenes import BODY, NOW, bury, publish, published

pytestmark = pytest.mark.django_db
FORGERIES = 1200


def key_of(bundle: dict[str, Any]) -> bytes:
    """Give the key a citizen has pinned."""
    return base64.b64decode(bundle["public_key"])


def test_a_bundle_proves_the_exact_public_bytes():
    bundle = proofs.bundle(published(), using="default")
    assert verifier.check_proof(bundle, signer.own().public_key) == BODY
    assert set(bundle) == verifier.PROOF_FIELDS


def test_a_bundle_can_be_made_with_the_public_logins_rights_alone():
    document = published()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE integrity_public")
        bundle = proofs.bundle(document)
        assert reading.public_entries_after(-1, limit=100)
        cursor.execute("RESET ROLE")
    assert verifier.check_proof(bundle, key_of(bundle)) == BODY


def test_a_tombstone_can_be_proved_and_the_ended_document_cannot():
    document = published()
    bury(document)
    heads.sign_head(NOW)

    with pytest.raises(proofs.NoSuchProof):
        proofs.bundle(document)
    end = reading.public_entries_after(-1, limit=100)[-1]
    body = verifier.check_proof(proofs.bundle_of(end), signer.own().public_key)
    assert json.loads(body) == {"day": "2026-05-11", "document": str(document), "kind": "withdrawn", "version": 2}
    assert reading.tombstone_of(document).kind == "withdrawn"


def test_a_proof_waits_for_the_next_head():
    document = uuid4()
    publish(document)
    with pytest.raises(proofs.NotYetSigned):
        proofs.bundle(document)
    heads.sign_head(NOW)
    assert proofs.bundle(document)["tree_size"] == reading.last_position() + 1


@pytest.mark.parametrize("version", [0, 2, 99])
def test_there_is_no_proof_of_another_version_or_document(version):
    document = published(1)
    for asked in ((document, version), (uuid4(), None)):
        with pytest.raises(proofs.NoSuchProof):
            proofs.bundle(*asked)


def growing() -> tuple[str, dict[str, Any]]:
    """Sign a head, let the log grow, sign another; give the old head and the consistency bundle."""
    published(3)
    old = heads.latest()
    published(9)
    return old.text, proofs.consistency(old.size, heads.latest().size)


def test_consistency_shows_that_the_log_only_grew():
    saved, bundle = growing()
    sizes = verifier.check_consistency(bundle, signer.own().public_key, saved)
    assert sizes[0] < sizes[1]


@pytest.mark.parametrize(("old", "new"), [(0, 1), (2, 1), (1, 10**9), (-5, 2)])
def test_there_is_no_consistency_between_heads_that_were_not_signed(old, new):
    published(1)
    with pytest.raises(proofs.NoSuchProof):
        proofs.consistency(old, new)


def flipped(text: str, dice: random.Random) -> str:
    """Flip one bit of what a base64 text stands for."""
    data = bytearray(base64.b64decode(text))
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return base64.b64encode(bytes(data)).decode()


def letter_changed(text: str, dice: random.Random) -> str:
    """Change one character of a text."""
    place = dice.randrange(len(text))
    return text[:place] + chr((ord(text[place]) + 1 + dice.randrange(20)) % 0x250) + text[place + 1 :]


def path_changed(path: list[str], dice: random.Random) -> list[str]:
    """Drop, double, swap, flip, add or cut steps of a path."""
    place, forged = dice.randrange(len(path)), list(path)
    kind = dice.randrange(6)
    if kind == 0:
        del forged[place]
    elif kind == 1:
        forged.insert(place, forged[place])
    elif kind == 2:
        forged.reverse()
    elif kind == 3:
        forged[place] = flipped(forged[place], dice)
    elif kind == 4:
        forged.insert(place, base64.b64encode(dice.randbytes(32)).decode())
    else:
        forged = forged[:place]
    return forged


def forged_from(bundle: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """Change one thing in a bundle."""
    forged = copy.deepcopy(bundle)
    field = dice.choice([name for name in bundle if name != "format"] + ["path"] * 3)
    value = forged[field]
    if field == "path":
        forged[field] = path_changed(value, dice)
    elif isinstance(value, int):
        forged[field] = dice.choice(
            [
                value + 1,
                value - 1,
                -value,
                value * 2 + 1,
                value ^ 1 << dice.randrange(40),
                str(value),
                float(value),
                True,
                None,
            ]
        )
    elif field.endswith("head") or field in {"origin"}:
        forged[field] = letter_changed(value, dice)
    else:
        forged[field] = dice.choice([flipped, letter_changed])(value, dice)
    return forged


def is_refused(check: Any, *given: Any) -> bool:
    """Tell whether the verifier refuses; anything but its own two refusals is a fault of the verifier."""
    try:
        check(*given)
    except (verifier.NotProved, verifier.Unreadable):
        return True
    return False


def test_no_forged_inclusion_proof_is_accepted():
    bundle = proofs.bundle(published(20))
    key, dice = key_of(bundle), random.Random(1)  # noqa: S311 - repeatable forgeries
    tried = [one for one in (forged_from(bundle, dice) for _ in range(FORGERIES)) if one != bundle]
    assert len(tried) >= 1000
    assert [one for one in tried if not is_refused(verifier.check_proof, one, key)] == []


def test_no_forged_consistency_proof_is_accepted():
    saved, bundle = growing()
    key, dice = key_of(bundle), random.Random(2)  # noqa: S311 - repeatable forgeries
    tried = [one for one in (forged_from(bundle, dice) for _ in range(FORGERIES)) if one != bundle]
    assert len(tried) >= 1000
    assert [one for one in tried if not is_refused(verifier.check_consistency, one, key, saved)] == []


def test_a_forger_with_a_key_of_his_own_convinces_nobody_who_pinned_the_right_one():
    bundle = proofs.bundle(published())
    own = Ed25519Signer(Ed25519PrivateKey.generate())
    body, salt = base64.b64encode(b'{"x":"y"}').decode(), base64.b64encode(bytes(16)).decode()
    root = verifier.leaf_of(bytes(16), b'{"x":"y"}')
    head = checkpoint.signed(Checkpoint(bundle["origin"], 1, root), own)
    forged = {**bundle, "body": body, "salt": salt, "leaf_index": 0, "tree_size": 1, "path": [], "head": head}
    assert is_refused(verifier.check_proof, forged, key_of(bundle))
    forged["public_key"] = base64.b64encode(own.public_key).decode()
    assert is_refused(verifier.check_proof, forged, key_of(bundle))
    assert verifier.check_proof(forged) == b'{"x":"y"}'  # which is why the verifier says the key is unconfirmed


def test_a_rewritten_log_is_not_consistent_with_a_saved_head():
    published(2)
    old = heads.latest()
    other = Checkpoint(signer.own().origin, old.size, bytes(32))
    forged = checkpoint.signed(other, signer.own()._signer())
    bundle = proofs.consistency(old.size, old.size)
    key = key_of(bundle)
    assert is_refused(verifier.check_consistency, {**bundle, "old_head": forged}, key)
    assert is_refused(verifier.check_consistency, bundle, key, forged)


@pytest.mark.parametrize("junk", [None, 1, [], "x", {}, {"format": "integrity-proof/1"}])
def test_what_is_no_bundle_is_unreadable(junk):
    with pytest.raises(verifier.Unreadable):
        verifier.check_proof(junk)
    with pytest.raises(verifier.Unreadable):
        verifier.check_consistency(junk)


@pytest.fixture
def files(tmp_path) -> dict[str, Path]:
    """Write what a citizen would have downloaded."""
    saved, consistency = growing()
    last = reading.public_entries_after(-1, limit=1000)[-1]
    contents = {
        "proof": json.dumps(proofs.bundle_of(last)), "consistency": json.dumps(consistency), "head": saved,
        "verifier": Path(verifier.__file__).read_text(encoding="utf-8"),
    }  # fmt: skip
    paths = {name: tmp_path / name for name in contents}
    for name, text in contents.items():
        paths[name].write_text(text, encoding="utf-8")
    return paths


def run(files: dict[str, Path], *options: Any) -> subprocess.CompletedProcess[str]:
    """Run the one file alone, in a Python that sees nothing of the portal."""
    command = [sys.executable, "-I", str(files["verifier"]), *map(str, options)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=files["proof"].parent)


def test_the_one_file_works_alone_and_in_chinese(files):
    key = signer.public_key_text()
    saved = files["proof"].parent / "saved"
    done = run(
        files,
        files["proof"],
        "--key",
        key,
        "--head",
        files["head"],
        "--consistency",
        files["consistency"],
        "--save-head",
        saved,
        "--show",
    )
    assert done.returncode == 0, done.stderr
    assert "签名无误" in done.stdout
    assert "没有改写" in done.stdout
    assert '{"n":"8"}' in done.stdout
    assert saved.read_text(encoding="utf-8") == heads.latest().text
    assert "公钥未经确认" in run(files, files["proof"]).stdout
    assert "离线核验" in run(files, "--help").stdout


def test_the_one_file_leaves_with_one_for_what_is_not_proved_and_two_for_what_it_cannot_read(files):
    text = files["proof"].read_text(encoding="utf-8")
    files["proof"].write_text(text.replace('"leaf_index": ', '"leaf_index": 1'), encoding="utf-8")
    assert run(files, files["proof"]).returncode == 1
    files["proof"].write_text(text[:-1] + ', "salt": "twice"}', encoding="utf-8")
    assert run(files, files["proof"]).returncode == 2
    files["proof"].write_text("[" * 100_000, encoding="utf-8")
    assert run(files, files["proof"]).returncode == 2
    assert run(files, files["proof"], "--head", files["head"]).returncode == 2
    assert run(files, "missing.json").returncode == 2
