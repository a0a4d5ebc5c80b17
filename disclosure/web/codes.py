"""The words of the code lists that filters show."""

from disclosure.models import PublicCode


def words(alias: str) -> dict[str, dict[str, str]]:
    """This will give, for each list the public may see, its codes and words in the list's order."""
    found: dict[str, dict[str, str]] = {"source_type": {}, "key_area": {}, "severity": {}}
    for row in PublicCode.objects.using(alias).order_by("list_name", "place", "code"):
        found.setdefault(row.list_name, {})[row.code] = row.label
    return found
