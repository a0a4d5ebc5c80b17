"""Every change of the portal happens inside an act, and leaving the outermost act writes the log in the same transaction.

Nested acts join: each adds one private entry, and only the outermost exit hashes, takes the advisory lock, numbers and commits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model

from ledger import appending, batches, canonical, refused
from ledger.actors import Actor
from ledger.drafts import END, Draft, PublicDraft, Ref
from ledger.refusals import Refused
from ledger.request_id import request_id_of, set_request_id

__all__ = ["Act", "NoActOpen", "act", "batch", "current", "is_open", "quietly", "request_id_of", "set_request_id",
           "transaction_key"]  # fmt: skip


class NoActOpen(RuntimeError):
    """A covered row was changed, or a report made, outside any act; this is a fault of the program."""


class NotQuiet(RuntimeError):
    """A quiet act would do what needs an entry at once; this is a fault of the program."""


class Act:
    """The open act: services note on it what their entry must carry."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    @property
    def kind(self) -> str:
        """Give the kind of the entry this act will write."""
        return self._draft.kind

    @property
    def at(self) -> datetime:
        """Give the moment of the act, which is what the law counts."""
        return self._draft.at

    @property
    def entry_id(self) -> UUID:
        """Give the id the private entry of this act will have."""
        return self._draft.id

    def in_role(self, role: str) -> None:
        """Name the role in which the actor acts, where only the locked object tells which of his roles reaches it."""
        self._draft.role = role

    def about(self, obj: Model) -> None:
        """Name the object of the act when it did not exist yet as the act was opened."""
        self._draft.about(obj)

    def check(self, row: Model) -> None:
        """Refuse a row this act may not save; an ordinary act may save any."""

    def note(self, row: Model) -> None:
        """Note a changed covered row; it is read back and folded at the outermost exit."""
        self._draft.rows[(type(row)._meta.concrete_model or type(row), row.pk)] = None

    def refer(self, *, name: str, key: str, digest: bytes | str) -> None:
        """Let the private entry of this act point to something in another room, with that thing's digest."""
        told = digest if isinstance(digest, str) else bytes(digest).hex()
        self._draft.refs.append(Ref(name, key, told))

    def publish(self, *, kind: str, document: UUID, version: int, body: bytes, now: datetime) -> None:
        """Add a public entry with these exact bytes; the body of the document's former public entry is erased at the exit."""
        self._draft.publics.append(PublicDraft(kind, document, version, bytes(body), now))

    def bury(self, *, document: UUID, version: int, kind: str, day: date) -> None:
        """End a document: a public entry without content, a tombstone for ever, and the living body erased at the exit."""
        told = canonical.encode({"day": day.isoformat(), "document": str(document), "kind": kind, "version": version})
        self._draft.publics.append(PublicDraft(END, document, version, told, self.at, ended_kind=kind, ended_on=day))


class _QuietAct(Act):
    """An act that writes no entry: only new rows that wait for the batch may be saved in it."""

    def check(self, row: Model) -> None:
        """Refuse what could not wait.

        :raises NotQuiet: the row has been saved before, or its model does not wait for the batch
        """
        if not hasattr(row, "ledger_day") or not row._state.adding:
            raise NotQuiet(f"{row._meta.label}: only new rows with a ledger_day may be saved quietly")


@dataclass
class _Transaction:
    drafts: list[Draft] = field(default_factory=list)
    stack: list[Act] = field(default_factory=list)
    refused_in: Draft | None = None  # the innermost act a refusal left first
    is_quiet: bool = False  # no entry of its own: its rows wait for the batch
    key: str = field(default_factory=lambda: uuid4().hex)


_open: ContextVar[_Transaction | None] = ContextVar("open_act", default=None)


@contextmanager
def act(
    *, kind: str, actor: Actor, role: str, obj: Model | None = None, now: datetime, reason: str = ""
) -> Iterator[Act]:
    """
    Run the block in one transaction and write its private entry; this will commit only if both succeed.

    A ``Refused`` that leaves the outermost act rolls everything back, writes one ``refused`` entry in a transaction of its
    own (at most one per person, object and action a minute) and goes on to the caller.

    :param now: what the law counts as the moment of the act; must know its zone
    :raises ValueError: ``now`` has no zone
    """
    if now.tzinfo is None:
        raise ValueError("an act needs a moment that knows its zone")
    draft = Draft(kind=kind, person=actor.person_id, role=role, at=now, request_id=request_id_of(), reason=reason)
    if obj is not None:
        draft.about(obj)
    outer = _open.get()
    entering = _outermost(draft) if outer is None else _joined(outer, draft)
    with entering as opened:
        yield opened


@contextmanager
def _outermost(draft: Draft) -> Iterator[Act]:
    work = _Transaction()
    token = _open.set(work)
    try:
        with transaction.atomic(durable=True):
            with _entered(work, draft) as opened:
                yield opened
            appending.append(work.drafts)
    except Refused:
        refused.note(work.refused_in or draft)
        raise
    finally:
        _open.reset(token)


@contextmanager
def _joined(work: _Transaction, draft: Draft) -> Iterator[Act]:
    if work.is_quiet:
        raise NotQuiet(f"{draft.kind}: an act with an entry of its own cannot be part of a quiet one")
    # No savepoint: an error that leaves a joined act dooms the whole transaction, so half an act can never be committed.
    with transaction.atomic(savepoint=False), _entered(work, draft) as opened:
        yield opened


@contextmanager
def _entered(work: _Transaction, draft: Draft) -> Iterator[Act]:
    opened = Act(draft)
    work.drafts.append(draft)
    work.stack.append(opened)
    try:
        yield opened
    except Refused:
        work.refused_in = work.refused_in or draft
        raise
    finally:
        work.stack.pop()


@contextmanager
def quietly(*, now: datetime) -> Iterator[Act]:
    """
    Run the block in one transaction without an entry; its rows are new ones that wait for the day's batch.

    Inside an ordinary act it is part of that act, whose entry notes the rows. A refusal leaves no trace.
    """
    if is_open():
        yield current()
        return
    work, draft = _Transaction(is_quiet=True), Draft(batches.KIND, None, "system", now, "", "")
    token = _open.set(work)
    try:
        with transaction.atomic(durable=True):
            work.stack.append(_QuietAct(draft))
            yield work.stack[-1]
            batches.hold_open()
            batches.append_late(draft.rows)
    finally:
        _open.reset(token)


@contextmanager
def batch(*, until: date, now: datetime) -> Iterator[Act]:
    """
    Run the block, then write the batch of the days up to ``until`` in the same transaction; this will note in it what the block saved.

    A day that was covered already is covered again only by what the block saves.
    """
    work, draft = _Transaction(is_quiet=True), Draft(batches.KIND, None, "system", now, "", "")
    token = _open.set(work)
    try:
        with transaction.atomic(durable=True):
            batches.hold_alone()
            work.stack.append(Act(draft))
            yield work.stack[-1]
            batches.append(changed=draft.rows, until=until)
    finally:
        _open.reset(token)


def is_open() -> bool:
    """Tell whether an act is open in this context."""
    return _open.get() is not None


def transaction_key() -> str:
    """Name the open outermost act, the same for all acts that joined it; an empty name means that none is open."""
    work = _open.get()
    return work.key if work else ""


def current() -> Act:
    """Give the innermost open act.

    :raises NoActOpen: none is open
    """
    work = _open.get()
    if work is None or not work.stack:
        raise NoActOpen("open an act first: with ledger.acts.act(kind=…, actor=…, role=…, now=…)")
    return work.stack[-1]
