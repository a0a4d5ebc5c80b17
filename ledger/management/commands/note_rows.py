"""Note all rows of a covered table as they stand, after a migration has added a column to it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ledger import coverage
from ledger.actors import SYSTEM
from ledger.acts import act
from ledger.covered import note_all

BATCH = 500  # rows an act may note at most


class Command(BaseCommand):
    """Run verify_ledger before it: whatever stands is noted as it is."""

    help = "迁移新增列之后，把一张表的各行按现状记入日志。请先运行 verify_ledger 确认没有不符。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the model."""
        parser.add_argument("model", help="模型，例如 records.DishonestyRecord")

    def handle(self, *args: Any, **options: Any) -> None:
        """Note the rows in acts of at most 500."""
        try:
            model = apps.get_model(options["model"])
        except (LookupError, ValueError) as unknown:
            raise CommandError(f"没有这个模型：{options['model']}") from unknown
        if model not in coverage.covered_models():
            raise CommandError(f"{options['model']} 不在日志的核对范围内。")
        keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            with act(kind="ledger.rows_noted", actor=SYSTEM, role="system", now=timezone.now()):
                note_all(list(model._default_manager.filter(pk__in=keys[start : start + BATCH])))
        self.stdout.write(f"已记入 {len(keys)} 行。")
