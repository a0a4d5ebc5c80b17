"""The tree is that of RFC 6962: an independent implementation and the published vectors agree with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pytest
from pymerkle import InmemoryTree

from ledger import tree
from ledger.suites.hashing import SHA256, SM3, SUITES
from ledger.tree import Place
from ledger.verifier import verify_disclosure as verifier

LARGEST = 300


class Planted:
    """A tree grown leaf by leaf beside the independent one."""

    def __init__(self, entries: Iterable[bytes]) -> None:
        self.nodes: dict[Place, bytes] = {}
        self.roots: list[bytes] = [tree.EMPTY_ROOT]
        self.other = InmemoryTree(algorithm="sha256")
        growth = tree.Growth()
        for index, entry in enumerate(entries):
            leaf = SHA256.leaf(entry)
            self.nodes[0, index] = leaf
            self.nodes.update(dict(growth.add(leaf)))
            self.roots.append(growth.root())
            self.other.append_entry(entry)

    def fetch(self, places: Iterable[Place]) -> dict[Place, bytes]:
        """Give the stored nodes among these places."""
        return {place: self.nodes[place] for place in places if place in self.nodes}


@pytest.fixture(scope="module")
def planted() -> Planted:
    """Give a tree of the largest size."""
    return Planted(hashlib.sha256(b"%d" % n).digest() for n in range(LARGEST))


def test_every_root_equals_the_independent_one(planted):
    for size in range(1, LARGEST + 1):
        assert planted.roots[size] == planted.other.get_root(size)
        assert tree.root(size, planted.fetch) == planted.roots[size]


def test_every_inclusion_path_equals_the_independent_one_and_is_accepted(planted):
    for size in range(1, LARGEST + 1):
        for index in {0, size // 3, size // 2, size - 1, (7 * size) % 11 % size}:
            path = tree.inclusion(index, size, planted.fetch)
            assert planted.other.prove_inclusion(index + 1, size).path[1:] == path
            assert verifier.root_from_inclusion(planted.nodes[0, index], index, size, path) == planted.roots[size]


def test_every_leaf_of_every_small_tree_has_the_independent_path(planted):
    for size in range(1, 65):
        for index in range(size):
            assert planted.other.prove_inclusion(index + 1, size).path[1:] == tree.inclusion(index, size, planted.fetch)


def test_every_consistency_proof_leads_to_the_independent_roots(planted):
    for new in range(1, LARGEST + 1):
        for old in range(1, new + 1):
            path = tree.consistency(old, new, planted.fetch)
            before, after = planted.roots[old], planted.roots[new]
            assert verifier.is_consistent(old, new, before, after, path)
            if old < new:
                assert not verifier.is_consistent(old, new, after, before, path)
    planted.other.prove_consistency(129, LARGEST).verify(planted.roots[129], planted.roots[LARGEST])


def test_a_tree_grown_from_any_stored_size_ends_at_the_same_root(planted):
    for size in (1, 2, 3, 64, 100, 255, 256, 299):
        growth = tree.grown_to(size, planted.fetch)
        for index in range(size, LARGEST):
            growth.add(planted.nodes[0, index])
        assert growth.root() == planted.roots[LARGEST]


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_path_for_a_leaf_outside_the_tree(planted, index, size):
    with pytest.raises(ValueError, match="has no leaf"):
        tree.inclusion(index, size, planted.fetch)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3)])
def test_there_is_no_consistency_from_a_larger_or_an_empty_tree(planted, old, new):
    with pytest.raises(ValueError, match="no consistency"):
        tree.consistency(old, new, planted.fetch)


def test_a_missing_node_is_told_and_not_made_up():
    with pytest.raises(LookupError, match="lacks the nodes"):
        tree.inclusion(0, 8, lambda places: {})


ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]


def test_the_published_vectors_of_certificate_transparency_hold():
    planted = Planted(bytes.fromhex(entry) for entry in ENTRIES)
    assert planted.roots[8].hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert [step.hex() for step in tree.inclusion(0, 8, planted.fetch)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [step.hex() for step in tree.consistency(6, 8, planted.fetch)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_sm3_gives_its_published_digest_and_grows_a_tree_behind_the_same_interface():
    assert SM3.digest(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert SUITES == {"sha256": SHA256, "sm3": SM3}
    growth = tree.Growth(suite=SM3)
    left, right = (SM3.leaf(SM3.commitment(salt=b"s", body=body)) for body in (b"a", b"b"))
    growth.add(left)
    growth.add(right)
    assert growth.root() == SM3.digest(b"\x01" + left + right)
