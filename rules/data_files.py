"""Reads the shipped data files: readable TOML, one row of law a table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from rules.details import shapes
from rules.models import Code, Dated, DetailForm, DisciplinePeriod, DisclosurePolicy, Parameter, SchemeOfSource

FOLDER = Path(__file__).parent / "data"
OLDEST = date(2004, 1, 1)
DEFAULTS = ("valid_from", "valid_to", "mark", "source")


def rows(folder: Path = FOLDER) -> Iterator[Dated]:
    """
    This will give every row of the data files as an unsaved model, in the files' order.

    :raises ValueError: a file names a field its table does not have, or leaves out one it needs
    """
    yield from _table(Parameter, folder / "parameters.toml", "row")
    yield from _table(DisclosurePolicy, folder / "policies.toml", "policy")
    yield from _table(SchemeOfSource, folder / "policies.toml", "scheme")
    yield from _table(DisciplinePeriod, folder / "policies.toml", "discipline")
    for path in sorted((folder / "codes").glob("*.toml")):
        yield from _table(Code, path, "row")
    for path in sorted((folder / "details").glob("*.toml")):
        yield from _forms(path)


def _table(model: type[Dated], path: Path, name: str) -> Iterator[Dated]:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    defaults = {key: told[key] for key in DEFAULTS if key in told}
    for place, facts in enumerate(told.get(name, []), start=1):
        whole = {"valid_from": OLDEST, **defaults, **facts}
        if model is Code:
            whole = {"list_name": told["list"], "place": place, **whole}
        yield _row(model, whole, path)


def _forms(path: Path) -> Iterator[Dated]:
    """The forms of a file, each read once as the pages will read it, so that a malformed one never reaches a page."""
    for row in _table(DetailForm, path, "form"):
        shapes.read(row)  # type: ignore[arg-type]  # _table gives what it was asked for
        yield row


def _row(model: type[Dated], facts: dict[str, Any], path: Path) -> Dated:
    known = {field.name for field in model._meta.concrete_fields}
    if unknown := facts.keys() - known:
        raise ValueError(f"{path.name}: unknown fields {sorted(unknown)} in {facts}")
    made = model(**facts)
    if missing := [name for name in ("mark", *model.IDENTITY) if name != "profile" and not getattr(made, name)]:
        raise ValueError(f"{path.name}: {missing} missing in {facts}")
    return made
