"""Tables of the log and the views the public may read."""

from ledger.models.entry import Entry, EntryBody, Tombstone
from ledger.models.public import PublicEntry, PublicLeaf
from ledger.models.tree import Head, Node

__all__ = ["Entry", "EntryBody", "Head", "Node", "PublicEntry", "PublicLeaf", "Tombstone"]
