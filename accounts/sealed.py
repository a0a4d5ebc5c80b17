"""Opening what is sealed about a person, and finding a person by a number; what shows a number must be an act or mask it."""

from accounts.models import Person
from ledger.suites import seal

TABLE = "accounts_person"


def find(*, id_number: str) -> Person | None:
    """Return the person with this clean number, found by its keyed digest."""
    return Person.objects.filter(id_number_lookup=seal.lookup(id_number, purpose="person.id_number")).first()


def open_id_number(person: Person) -> str:
    """Return the number in clear, empty where there is none; what shows it must be an act or mask it."""
    return _open(person.id_number_sealed, "id_number_sealed")


def open_phone(person: Person) -> str:
    """Return the telephone number in clear, empty where there is none; what shows it must be an act or mask it."""
    return _open(person.phone_sealed, "phone_sealed")


def _open(sealed: bytes | memoryview | None, column: str) -> str:
    return seal.unseal(bytes(sealed), table=TABLE, column=column) if sealed else ""
