"""Seals open only where they belong; look-ups find without opening; cursors and canonical bytes are strict."""

from __future__ import annotations

import base64
import secrets

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from ledger import canonical
from ledger.canonical import NotCanonical
from ledger.cursors import BadCursor, open_cursor, seal_cursor
from ledger.suites import seal
from ledger.suites.seal import BadSeal

PLACE = {"table": "accounts_person", "column": "phone_sealed"}


@given(st.text())
def test_what_was_sealed_opens_again(value):
    assert seal.unseal(seal.seal(value, **PLACE), **PLACE) == value


def test_a_seal_opens_in_no_other_place_and_not_after_any_flipped_bit():
    sealed = seal.seal("13800000000", **PLACE)
    for elsewhere in ({**PLACE, "table": "other"}, {**PLACE, "column": "other"}):
        with pytest.raises(BadSeal):
            seal.unseal(sealed, **elsewhere)
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(BadSeal):
            seal.unseal(changed, **PLACE)
    for cut in range(len(sealed)):
        with pytest.raises(BadSeal):
            seal.unseal(sealed[:cut], **PLACE)


def test_equal_values_are_sealed_differently_and_looked_up_equally():
    assert seal.seal("甲", **PLACE) != seal.seal("甲", **PLACE)
    assert seal.lookup("甲", purpose="phone") == seal.lookup("甲", purpose="phone")
    assert seal.lookup("甲", purpose="phone") != seal.lookup("甲", purpose="id_number")


def test_a_key_is_rotated_by_putting_a_new_one_in_front(settings):
    old = seal.seal("甲", **PLACE)
    settings.SEAL_KEYS = [f"k2:{secrets.token_hex(32)}", *settings.SEAL_KEYS]
    assert seal.unseal(old, **PLACE) == "甲"
    assert seal.needs_resealing(old)
    new = seal.seal("甲", **PLACE)
    assert seal.key_name(new) == "k2"
    assert not seal.needs_resealing(new)
    settings.SEAL_KEYS = settings.SEAL_KEYS[:1]
    with pytest.raises(BadSeal, match="does not hold"):
        seal.unseal(old, **PLACE)


@pytest.mark.parametrize("keys", [[], ["k1"], ["k1:zz"], ["k1:abcd"], [":" + "a" * 64]])
def test_a_wrong_key_setting_says_what_is_wrong(settings, keys):
    settings.SEAL_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="SEAL_KEYS"):
        seal.seal("甲", **PLACE)


@given(st.integers(), st.text())
def test_a_cursor_comes_back_as_it_was_given(number, text):
    assert open_cursor("changes", seal_cursor("changes", {"n": number, "t": text[:100]})) == {
        "n": number,
        "t": text[:100],
    }


@given(st.text())
def test_a_made_up_cursor_is_refused(token):
    with pytest.raises(BadCursor):
        open_cursor("changes", token)


def test_a_cursor_of_another_list_or_a_changed_or_endless_one_is_refused():
    token = seal_cursor("changes", {"position": 7})
    assert b"position" not in base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    for bad in (token[:-2], token + "A", token[::-1], "A" * 5000, ""):
        with pytest.raises(BadCursor):
            open_cursor("changes", bad)
    with pytest.raises(BadCursor):
        open_cursor("documents", token)


def test_canonical_bytes_do_not_depend_on_order_or_place():
    assert canonical.encode({"b": 1, "a": ["文", True, None]}) == '{"a":["文",true,null],"b":1}'.encode()


@pytest.mark.parametrize("value", [1.5, {"a": {1: 2}}, [b"x"], {"a": float("nan")}, "\ud800", object()])
def test_what_has_no_single_spelling_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical.encode(value)
