"""Acts that really commit, side by side."""

from __future__ import annotations

import base64
import threading

import pytest
from django.db import connections

from accounts.models import Person
from ledger import heads, proofs
from ledger.models import Entry
from ledger.refusals import Refused
from ledger.verifier import verify_disclosure
from tests.ledger.scenes import BODY, acting, published


def fail() -> None:
    """Change a row in an act that breaks."""
    with acting():
        Person(name="乙某").save()
        raise RuntimeError


def test_threads_leave_no_gap_and_keep_the_order_of_their_commits(bare_database):
    def work() -> None:
        try:
            for n in range(25):
                with acting(f"thread.{n}"):
                    Person(name="甲某").save()
                with pytest.raises(RuntimeError):
                    fail()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    entries = list(Entry.objects.order_by("position"))
    assert [entry.position for entry in entries] == list(range(100))
    moments = [entry.recorded_at for entry in entries]
    assert moments == sorted(moments)
    assert Person.objects.count() == 100


def test_one_minute_of_parallel_refusals_is_one_entry(bare_database):
    def refuse() -> None:
        try:
            with pytest.raises(Refused), acting("record.submit"):
                raise Refused("不行。")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=refuse) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert Entry.objects.count() == 1


def test_the_lock_comes_last_so_a_slow_act_holds_nobody_up(bare_database):
    with acting("slow"):
        Person(name="甲某").save()

        def quick() -> None:
            try:
                with acting("quick"):
                    Person(name="乙某").save()
            finally:
                connections.close_all()

        thread = threading.Thread(target=quick)
        thread.start()
        thread.join(timeout=20)
        assert not thread.is_alive()

    assert list(Entry.objects.order_by("position").values_list("kind", flat=True)) == ["quick", "slow"]


def test_proofs_can_be_had_through_the_public_login_as_through_the_portals_own(bare_database):
    document = published(2)
    old = heads.latest()
    published(3)
    for alias in ("default", "public"):
        bundle = proofs.bundle(document, using=alias)
        key = base64.b64decode(bundle["public_key"])
        assert verify_disclosure.check_proof(bundle, key) == BODY
        consistency = proofs.consistency(old.size, heads.latest(using=alias).size, using=alias)
        assert verify_disclosure.check_consistency(consistency, key, old.text) == (old.size, heads.latest().size)
