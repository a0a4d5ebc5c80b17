"""Covered rows: saving one needs an open act and notes the row on it; deleting one is never possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NoReturn, Self

from django.db import models

from ledger import acts, coverage


class Uncovered(RuntimeError):
    """A covered row would change without the log knowing; this is a fault of the program."""


def _only_exempt(model: type[models.Model], names: Iterable[str] | None) -> bool:
    left_out = coverage.exempt_columns(model)
    given = list(names or [])
    return bool(given) and all(getattr(model._meta.get_field(name), "column", None) in left_out for name in given)


class CoveredQuerySet(models.QuerySet[Any]):
    """A queryset that cannot change rows behind the log's back."""

    def update(self, **changes: Any) -> int:
        """Change exempted columns only.

        :raises Uncovered: a covered column is among them
        """
        if not _only_exempt(self.model, changes):
            raise Uncovered(f"{self.model._meta.label}: save each row inside an act; update() would pass the log by")
        return super().update(**changes)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> NoReturn:
        """Refuse.

        :raises Uncovered: always
        """
        raise Uncovered(f"{self.model._meta.label}: covered rows end, they are never deleted")

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Change rows in bulk inside an act, and note each."""
        told = list(objs)
        for row in told:
            acts.current().check(row)
        note_all(told)
        # bulk_update writes through update(), which this class refuses for covered columns.
        plain: models.QuerySet[Any] = models.QuerySet(self.model, using=self.db)
        return plain.bulk_update(told, list(fields), batch_size=batch_size)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """Insert rows inside an act, and note each.

        :raises Uncovered: conflicts were to be ignored or merged, so that nobody would know what was written
        """
        if options.get("ignore_conflicts") or options.get("update_conflicts"):
            raise Uncovered(f"{self.model._meta.label}: a bulk insert that hides conflicts cannot be covered")
        objs = list(objs)
        for row in objs:
            acts.current().check(row)
        made = super().bulk_create(objs, *args, **options)
        note_all(made)
        return made


def note_all(rows: Sequence[models.Model]) -> None:
    """Note each row on the open act.

    :raises ledger.acts.NoActOpen: none is open
    """
    opened = acts.current()
    for row in rows:
        opened.note(row)


class Covered(models.Model):
    """A model whose rows the log answers for; ``ledger_exempt = {column: why}`` on it leaves columns out."""

    is_covered: ClassVar[bool] = True

    objects = CoveredQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Save the row inside an act and note it; a save of exempted columns alone needs no act.

        :raises ledger.acts.NoActOpen: no act is open
        """
        if _only_exempt(type(self), options.get("update_fields")):
            super().save(*args, **options)
            return
        opened = acts.current()
        opened.check(self)
        super().save(*args, **options)
        opened.note(self)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Refuse.

        :raises Uncovered: always
        """
        raise Uncovered(f"{self._meta.label}: covered rows end, they are never deleted")

    @classmethod
    def renoted(cls, rows: Sequence[Self]) -> None:
        """Note rows as they stand, for columns a migration has added since their last act."""
        note_all(rows)
