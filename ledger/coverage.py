"""What the log answers for: every model, column and file is covered, or exempted with a reason that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

_exempt: dict[str, str] = {}
_files: dict[str, FileRoom] = {}
_documents: dict[str, Callable[[], Iterable[CoveredDocument]]] = {}


@dataclass(frozen=True)
class CoveredFile:
    """A stored file and the digest its row holds."""

    key: str
    sha256: str  # hex
    path: Path


@dataclass(frozen=True)
class FileRoom:
    """Where the files of one kind are: the rows that name them and the folder they lie in."""

    rows: Callable[[], Iterable[CoveredFile | tuple[str, str, str | Path]]]
    folder: Callable[[], Path] | None


@dataclass(frozen=True)
class CoveredDocument:
    """A public document as its own room keeps it; ``body`` is None once it ended."""

    document: UUID
    version: int
    body: bytes | None


def exempt(label: str, reason: str) -> None:
    """Say why a model (``app.model``) or a whole app (``app``) is not covered; the reason is shown in the coverage list.

    :raises ValueError: the reason is empty
    """
    if not reason.strip():
        raise ValueError(f"{label}: an exemption needs a reason")
    _exempt[label.lower()] = reason


def exemptions() -> dict[str, str]:
    """Give all exemptions with their reasons."""
    return dict(_exempt)


def covered_models() -> list[type[models.Model]]:
    """Give the concrete models whose rows the log answers for."""
    return [model for model in apps.get_models() if getattr(model, "is_covered", False) and not model._meta.proxy]


def unexplained_models() -> list[str]:
    """Give the labels of models that are neither covered nor exempted; a test keeps this list empty."""
    return [
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not getattr(model, "is_covered", False)
        and not _exempt.keys() & {model._meta.label_lower, model._meta.app_label.lower()}
    ]


def exempt_columns(model: type[models.Model]) -> dict[str, str]:
    """Give the columns of a covered model that are left out, with their reasons.

    :raises LookupError: the model exempts a column it does not have
    """
    names = {name: _column(field) for field in model._meta.concrete_fields for name in (field.name, _column(field))}
    given: dict[str, str] = getattr(model, "ledger_exempt", {})
    if unknown := given.keys() - names.keys():
        raise LookupError(f"{model._meta.label}: ledger_exempt names unknown columns {sorted(unknown)}")
    return {names[name]: reason for name, reason in given.items()}


def covered_columns(model: type[models.Model]) -> list[str]:
    """Give the columns of a covered model that the log answers for, in the model's order."""
    left_out = exempt_columns(model)
    return [_column(field) for field in model._meta.concrete_fields if _column(field) not in left_out]


def _column(field: models.Field[Any, Any]) -> str:
    return str(field.column)  # a concrete field always has one


def cover_files(
    name: str,
    rows: Callable[[], Iterable[CoveredFile | tuple[str, str, str | Path]]],
    *,
    folder: Callable[[], Path] | None = None,
) -> None:
    """Cover stored files: ``rows`` yields key, SHA-256 in hex and path; ``folder`` lets strangers in it be found."""
    _files[name] = FileRoom(rows, folder)


def file_rooms() -> dict[str, FileRoom]:
    """Give the registered kinds of files."""
    return dict(_files)


def cover_documents(name: str, rows: Callable[[], Iterable[CoveredDocument]]) -> None:
    """Cover public documents: ``rows`` yields each with the bytes its room serves, to be compared with the log."""
    _documents[name] = rows


def document_rooms() -> dict[str, Callable[[], Iterable[CoveredDocument]]]:
    """Give the registered rooms of public documents."""
    return dict(_documents)
