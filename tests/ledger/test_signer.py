"""The signer remembers what it signed and signs nothing that contradicts it."""

from __future__ import annotations

import stat
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from ledger import checkpoint, heads, signer, tasks
from ledger.checkpoint import BadHead, Checkpoint
from ledger.models import Head, Node
from ledger.signer import HeadSigner, InconsistentHead
from ledger.tree import EMPTY_ROOT
from tests.ledger.scenes import NOW, register


@pytest.fixture
def own(tmp_path) -> HeadSigner:
    """Give a signer with a folder of its own."""
    return HeadSigner(tmp_path / "signer", "test.example/log")


def test_the_key_is_made_once_and_kept_to_its_owner(own):
    key = own.public_key
    assert HeadSigner(own.folder, own.origin).public_key == key
    assert stat.S_IMODE((own.folder / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE(own.folder.stat().st_mode) == 0o700
    assert own.last() == Checkpoint(own.origin, 0, EMPTY_ROOT)


def test_a_head_reads_back_as_it_was_signed(own):
    new = Checkpoint(own.origin, 3, bytes(range(32)), "2026-05-11T00:00:00.000000Z", bytes(32), 1)
    text = own.sign(new, proof=[])
    assert checkpoint.opened(text, origin=own.origin, public_key=own.public_key) == new
    assert own.last() == new
    assert text.splitlines()[:2] == ["test.example/log", "3"]
    assert text.splitlines()[-1].startswith("— test.example/log ")


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_smaller_an_equal_but_other_or_an_unproved_larger_tree_is_refused(own, size):
    own.sign(Checkpoint(own.origin, 2, b"a" * 32), proof=[])
    with pytest.raises(InconsistentHead, match="拒绝签名"):
        own.sign(Checkpoint(own.origin, size, b"b" * 32), proof=[b"c" * 32])
    assert own.last().root == b"a" * 32


def test_another_log_is_refused(own):
    with pytest.raises(InconsistentHead):
        own.sign(Checkpoint("other.example/log", 1, b"a" * 32), proof=[])


def test_a_signer_that_lost_its_last_head_refuses_until_it_is_given_one_it_had_signed(own):
    text = own.sign(Checkpoint(own.origin, 2, b"a" * 32), proof=[])
    with pytest.raises(InconsistentHead, match="自己的末次树头"):
        own.adopt(text)
    (own.folder / "last").unlink()
    with pytest.raises(InconsistentHead, match="丢失"):
        own.sign(Checkpoint(own.origin, 9, b"b" * 32), proof=[])
    with pytest.raises(BadHead):
        own.adopt(text.replace("2", "3", 1))
    assert own.adopt(text).size == 2
    assert own.last().size == 2


def test_the_command_gives_a_lost_head_back(settings, tmp_path):
    text = signer.own().sign(Checkpoint(settings.LEDGER_ORIGIN, 2, b"a" * 32), proof=[])
    saved = tmp_path / "saved"
    saved.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="不接受"):
        call_command("adopt_head", str(saved))
    (signer.own().folder / "last").unlink()
    call_command("adopt_head", str(saved))
    assert signer.own().last().size == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        "a\n01\nAAAA\n\n",
        "a\n-1\nAAAA\n\n",
        "a\n1\nAAAA\n\n— a AAAA\n",
        "a\n²\nAAAA\n\n— a AAAA\n",
        "a\n1\n" + "A" * 43 + "=\n",
        "a\n1\n" + "A" * 43 + "=\n\n— a !!\n",
    ],
)
def test_what_is_no_signed_head_is_told_so(text):
    with pytest.raises(BadHead):
        checkpoint.opened(text, origin="a", public_key=bytes(32))


def test_a_head_is_signed_only_when_there_is_something_new(bare_database):
    assert heads.sign_head(NOW) is None
    for n in range(5):
        register(f"第{n}人")
    assert heads.sign_head(NOW).size == 5
    assert heads.sign_head(NOW) is None
    register()
    tasks.sign_heads()
    assert list(Head.objects.order_by("size").values_list("size", flat=True)) == [5, 6]
    assert set(Node.objects.values_list("level", "index")) == {(1, 0), (1, 1), (1, 2), (2, 0)}


def test_signers_side_by_side_sign_each_size_once(bare_database):
    def work() -> None:
        try:
            for _ in range(5):
                register()
                heads.sign_head(NOW)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert heads.latest().size == 20
    assert signer.own().last().size == 20
