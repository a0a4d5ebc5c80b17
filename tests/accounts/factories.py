"""People, departments and accounts for tests, made by the services, so that no test stands on an impossible state."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import uuid4

from django.test import Client

from accounts.identifiers import id_number, uscc
from accounts.models import Department, Official, Person, RoleGrant, User
from accounts.services import departments, founding, grants, officials, persons, proposals, users
from ledger.actors import SYSTEM

NOW = datetime(2026, 5, 11, 2, 0, tzinfo=UTC)
"""Monday 11 May 2026, 10:00 in Shanghai."""
EARLIER = NOW - timedelta(days=120)
FOUNDED = date(2010, 1, 1)
PASSWORD = "correct-horse-battery"  # noqa: S105  a password of tests


@dataclass
class Tree:
    """Province, its city with a credit lead and two bureaus, and a county with a bureau of its own."""

    province: Department
    city: Department
    lead: Department
    transport: Department
    safety: Department
    county: Department
    county_transport: Department


_numbers = count(1)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def credit_code(*, division: str = "441400", prefix: str = "11") -> str:
    """Return a fresh, valid credit code."""
    body = f"M{next(_numbers):07d}"
    first = f"{prefix}{division}{body}{uscc.inner_check(body)}"
    return first + uscc.check_character(first)


def citizen_number(*, division: str = "441402", born: date = date(1985, 6, 15)) -> str:
    """Return a fresh, valid citizen number."""
    first = f"{division}{born:%Y%m%d}{next(_numbers) % 1000:03d}"
    return first + id_number.check_character(first)


def letters(number: int) -> str:
    """Return a number as capital letters."""
    return "".join(_LETTERS[int(digit)] for digit in f"{number:05d}")


def department(name: str = "市交通运输局", *, parent: Department | None = None, **facts: object) -> Department:
    """Establish a department; level city, kind organ, Meizhou, unless `facts` say otherwise."""
    given: dict[str, object] = {
        "level": parent.level if parent else "PROVINCE",
        "kind": "organ" if parent else "government",
        "division_code": parent.division_code if parent else "44",
        "is_credit_lead": False,
        "valid_from": FOUNDED,
        "serial_prefix": "X" + letters(next(_numbers)),
        **facts,
    }
    return departments.establish(
        actor=SYSTEM, name=name, code=str(given.pop("code", "") or credit_code()), parent=parent, now=EARLIER, **given
    )  # type: ignore[arg-type]


def person(name: str = "林小禾", **facts: str) -> Person:
    """Register a natural person with an invented name."""
    return persons.register(actor=SYSTEM, name=name, now=EARLIER, **facts)  # type: ignore[arg-type]


def official(unit: Department, name: str = "周明远", **facts: str) -> Official:
    """Register a civil servant of a department with number and telephone."""
    given = {"id_number": citizen_number(), "phone": "13812345678", "personnel_kind": "CIVIL_SERVANT", **facts}
    return officials.register(actor=SYSTEM, department=unit, name=name, now=EARLIER, **given)


def account(someone: Person, username: str = "", *, is_demo: bool = False) -> User:
    """Open an account for a person."""
    name = username or f"u{uuid4().hex[:10]}"
    return users.open_account(
        actor=SYSTEM, person=someone, username=name, password=PASSWORD, is_demo=is_demo, now=EARLIER
    )


def administrators() -> tuple[User, User]:
    """Return the two security administrators, founding them where there are none yet."""
    held = RoleGrant.objects.filter(role="secadmin", confirmed_by__isnull=True).order_by("id")[:2]
    if not held:
        root = Department.objects.filter(parent__isnull=True).first() or department("广东省人民政府")
        held = founding.appoint(
            department=root, people={person("安管甲"): "secadmin", person("安管乙"): "secadmin"}, now=EARLIER
        )
    first, second = (User.objects.filter(person_id=grant.person_id).first() or account(grant.person) for grant in held)
    return first, second


def granted(someone: Person, role: str, unit: Department, *, at: datetime = EARLIER) -> RoleGrant:
    """Grant a role through both administrators and return the grant."""
    first, second = administrators()
    asked = grants.propose(actor=first, person=someone, role=role, department=unit, reason="岗位需要", now=at)
    done = proposals.confirm(actor=second, proposal=asked, now=at)
    return RoleGrant.objects.get(pk=done.grant_id)


def user(*held: tuple[str, Department], name: str = "林小禾", username: str = "") -> User:
    """Return an account of a new person who holds these (role, department)."""
    someone = person(name)
    for role, unit in held:
        granted(someone, role, unit)
    return account(someone, username)


def tree() -> Tree:
    """Establish the small tree."""
    province = department("广东省人民政府")
    city = department("梅州市人民政府", parent=province, level="CITY", kind="government", division_code="4414")
    county = department("梅江区人民政府", parent=city, level="COUNTY", kind="government", division_code="441402")
    return Tree(
        province=province,
        city=city,
        lead=department("梅州市发展和改革局", parent=city, is_credit_lead=True),
        transport=department("梅州市交通运输局", parent=city),
        safety=department("梅州市应急管理局", parent=city),
        county=county,
        county_transport=department("梅江区交通运输局", parent=county),
    )


def signed_in(someone: User) -> Client:
    """Return a browser in which the user is signed in through the sign-in page."""
    browser = Client()
    answer = browser.post("/accounts/", {"username": someone.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return browser
