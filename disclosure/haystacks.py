"""Gather the words under which a document may be found; nobody is ever found by name."""

from typing import Any

from accounts.models import Department, DepartmentName
from disclosure.models import Document
from disclosure.search import abbreviations, text


def _codes(row: Document, unit: Department | None) -> list[str]:
    """The code on the document first, then every other its unit bears or bore."""
    return list(dict.fromkeys([row.department_uscc, *(unit.every_code() if unit else ())]))


def of(row: Document, content: dict[str, Any]) -> tuple[str, list[str]]:
    """
    This will give the normalised text to match and its pairs of characters.

    A document about an official is found by unit, number and kind of matter only: neither its title nor its text is
    indexed, so that no search can be used to ask about a person (领域规则 row 62).
    """
    names = {row.department_name, *abbreviations.of(row.department_name)}
    unit = Department.objects.coded(row.department_uscc).prefetch_related("former_codes").first()
    for name in DepartmentName.objects.filter(department=unit).values_list("name", flat=True):
        names |= {name, *abbreviations.of(name)}
    words = [
        row.number,
        *_codes(row, unit),
        content["source_type"]["label"],
        *(each["label"] for each in content["areas"]),
    ]
    if not row.is_person:
        words += [row.title, *content["fields"].get("paragraphs", ())]
        words += [point["text"] for point in content["fields"].get("points", ())]
    haystack = " ".join(text.normalise(word) for word in [*sorted(names), *words] if word)
    return haystack, text.grams(haystack, singles=text.normalise(row.department_name))
