"""The policy walked whole: each row, each role, each place, against tables written here by hand."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import URLPattern, URLResolver, get_resolver

from accounts import policy, roles
from accounts.models import Department, RoleGrant, User
from accounts.scopes import SCOPES
from tests.accounts import expected
from tests.accounts.factories import NOW

PROVINCE = Department(pk=1, name="省", path="/1/", level="PROVINCE")
CITY = Department(pk=2, name="市", path="/1/2/", parent=PROVINCE, level="CITY")
OTHER_CITY = Department(pk=3, name="邻市", path="/1/3/", parent=PROVINCE, level="CITY")
LEAD = Department(pk=4, name="市发改", path="/1/2/4/", parent=CITY, is_credit_lead=True, level="CITY")
BUREAU = Department(pk=5, name="市交通", path="/1/2/5/", parent=CITY, level="CITY")
SIBLING = Department(pk=6, name="市应急", path="/1/2/6/", parent=CITY, level="CITY")
STATION = Department(pk=7, name="执法队", path="/1/2/5/7/", parent=BUREAU, level="CITY")
COUNTY = Department(pk=8, name="区", path="/1/2/8/", parent=CITY, level="COUNTY")

# Where the role is granted, and which of own, sibling, parent and below it reaches.
BUREAU_PLACES = {"own": BUREAU, "sibling": SIBLING, "parent": CITY, "below": STATION, "far": OTHER_CITY}
LEAD_PLACES = {"own": LEAD, "sibling": BUREAU, "parent": CITY, "below": COUNTY, "far": OTHER_CITY}
CITY_PLACES = {"own": CITY, "sibling": OTHER_CITY, "parent": PROVINCE, "below": COUNTY, "far": OTHER_CITY}
REACH = {
    "clerk": (BUREAU_PLACES, "own"),
    "reviewer": (BUREAU_PLACES, "own"),
    "head": (BUREAU_PLACES, "own"),
    "personnel": (BUREAU_PLACES, "own"),
    "handler": (BUREAU_PLACES, "own"),
    "approver": (LEAD_PLACES, "own sibling parent below"),
    "appeals": (LEAD_PLACES, "own sibling parent below"),
    "supervisor": (CITY_PLACES, "below"),
    "evaluator": (CITY_PLACES, "own below"),
    "monitor": (CITY_PLACES, "own below"),
    "custodian": (CITY_PLACES, "own sibling parent below far"),
    "sysadmin": (CITY_PLACES, "own sibling parent below far"),
    "secadmin": (CITY_PLACES, "own sibling parent below far"),
    "auditor": (CITY_PLACES, "own sibling parent below far"),
}
PERSON = uuid4()
USER = User(username="someone", person_id=PERSON)
NAMES = sorted(policy.POLICY)


def holding(role: str) -> list[RoleGrant]:
    """Return one grant of the role at its place."""
    return [RoleGrant(role=role, department=REACH[role][0]["own"], person_id=PERSON)]


def test_the_expected_table_names_every_row_and_no_other() -> None:
    assert sorted(expected.TABLE) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_row_lets_in_whom_the_expected_table_names_at_the_places_it_names(name: str) -> None:
    audience, by_place = expected.TABLE[name]
    for role, (places, reached) in REACH.items():
        anywhere = policy.allows(user=USER, name=name, now=NOW, grants=holding(role))
        opened = bool(audience & {"anonymous", "signed_in", role})
        assert anywhere.allowed is opened, (role, anywhere.reason)
        for place, department in places.items():
            verdict = policy.allows(user=USER, name=name, now=NOW, grants=holding(role), department=department)
            wanted = opened and (
                not by_place or bool(audience & {"anonymous", "signed_in"}) or place in reached.split()
            )
            assert verdict.allowed is wanted, (role, place, verdict.reason)
            assert verdict.reason
            assert verdict.rule


@pytest.mark.parametrize("name", NAMES)
def test_strangers_and_people_without_a_role_get_what_the_expected_table_says(name: str) -> None:
    audience, _by_place = expected.TABLE[name]
    assert policy.allows(user=AnonymousUser(), name=name, now=NOW).allowed is ("anonymous" in audience)
    assert policy.allows(user=None, name=name, now=NOW).allowed is ("anonymous" in audience)
    idle = policy.allows(user=USER, name=name, now=NOW, grants=[])
    assert idle.allowed is bool(audience & {"anonymous", "signed_in"})
    himself = policy.allows(user=USER, name=name, now=NOW, grants=[], subject_person_id=PERSON, department=BUREAU)
    assert himself.allowed is bool(audience & {"anonymous", "signed_in", "subject"})
    another = policy.allows(user=USER, name=name, now=NOW, grants=[], subject_person_id=uuid4(), department=BUREAU)
    assert another.allowed is bool(audience & {"anonymous", "signed_in"})
    gone = User(username="gone", person_id=PERSON, is_active=False)
    assert policy.allows(user=gone, name=name, now=NOW, grants=holding("auditor")).allowed is ("anonymous" in audience)


@pytest.mark.parametrize("name", NAMES)
def test_an_api_client_gets_what_its_scopes_open_and_nothing_by_a_users_role(name: str) -> None:
    audience, _by_place = expected.TABLE[name]
    for scope in SCOPES:
        token = SimpleNamespace(scope=scope)
        verdict = policy.allows(user=AnonymousUser(), name=name, now=NOW, client=token)
        assert verdict.allowed is bool(audience & {"anonymous", f"client:{scope}"})
    bare = SimpleNamespace(scope="")
    assert policy.allows(user=AnonymousUser(), name=name, now=NOW, client=bare).allowed is ("anonymous" in audience)


def test_what_has_no_row_is_refused_to_everybody() -> None:
    for role in REACH:
        verdict = policy.allows(user=USER, name="nothing:here", now=NOW, grants=holding(role))
        assert not verdict.allowed
        assert "一律不开放" in verdict.reason
    assert policy.row_of(None) is None
    assert policy.row_of("") is None


def test_the_three_administrators_and_the_custodian_open_no_casework() -> None:
    kept_out = roles.THE_THREE | {"custodian", "evaluator", "monitor"}
    for name, row in policy.POLICY.items():
        if name.startswith("records:"):
            assert not row.audience & kept_out, name


def test_nobody_but_the_auditor_reads_the_log_and_the_auditor_changes_nothing() -> None:
    assert policy.POLICY["people:audit"].audience == {"auditor"}
    assert policy.POLICY["ledger.read"].audience == {"auditor"}
    changing = (
        "register",
        "edit",
        "move",
        "appoint",
        "add",
        "end",
        "propose",
        "confirm",
        "decline",
        "switch_user",
        "reset",
    )
    for name, row in policy.POLICY.items():
        if name.startswith("people:") and name.partition(":")[2].startswith(changing):
            assert "auditor" not in row.audience, name


def test_a_superuser_flag_opens_nothing() -> None:
    flagged = User(username="root", person_id=PERSON, is_staff=True)
    flagged.is_superuser = True
    for name in NAMES:
        audience, _by_place = expected.TABLE[name]
        if not audience & {"anonymous", "signed_in"}:
            assert not policy.allows(user=flagged, name=name, now=NOW, grants=[]).allowed


def addresses() -> list[str]:
    """Return the view names of every address of the portal."""

    def walk(patterns: list[URLPattern | URLResolver], space: str) -> list[str]:
        found = []
        for entry in patterns:
            if isinstance(entry, URLResolver):
                inner = f"{space}{entry.namespace}:" if entry.namespace else space
                found += walk(entry.url_patterns, inner)
            else:
                found.append(f"{space}{entry.name}")
        return found

    return walk(get_resolver().url_patterns, "")


def test_every_address_has_a_row_and_every_row_of_a_face_an_address() -> None:
    known = addresses()
    assert [name for name in known if policy.row_of(name) is None] == []
    faces = [name.rpartition(" ")[2] for name, row in policy.POLICY.items() if row.face != "data"]
    assert [name for name in faces if name not in known and not name.endswith(":*")] == []
