"""Give the signer back a head it has signed, after its own copy was lost."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ledger import signer
from ledger.checkpoint import BadHead


class Command(BaseCommand):
    """Refused while the signer has a last head of its own."""

    help = "签名器丢失自己的末次树头后，交回一份由它签过、在外部保存的树头；此后它只签与这份树头一致的新树头。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the head."""
        parser.add_argument("head", type=Path, metavar="文件", help="在外部保存的、最近的树头")

    def handle(self, *args: Any, **options: Any) -> None:
        """Adopt the head."""
        try:
            adopted = signer.own().adopt(options["head"].read_text(encoding="utf-8"))
        except (OSError, BadHead, signer.InconsistentHead) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"已接受大小为 {adopted.size} 的树头。")
