"""Fill an empty database with the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ledger.models import Entry
from records.demo import building, custody, people
from rules import clock


class Command(BaseCommand):
    """Build the demo's city, people and records through the services, with ends that lie around today."""

    help = "在空库里建立演示数据：部门、人员和处在各种状态的记录。已有数据时拒绝。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, and print the accounts.

        :raises CommandError: outside demo settings, or where the log holds anything but the loading of rules
        """
        if not settings.DEMO:
            raise CommandError("演示数据只能建在演示环境（DEMO=1）。")
        if Entry.objects.exclude(kind__startswith="rules.").exclude(kind="calendar.load").exists():
            raise CommandError("日志里已有规则以外的条目，演示数据只建在空库里。")
        building.build(now=clock.now())
        members = (*people.ADMINISTRATORS, *people.MEMBERS)
        self.stdout.write(f"已建立演示数据。演示账号（口令都是 {people.PASSWORD}）：")
        for member in members:
            self.stdout.write(f"  {member.account:<12} {member.name}  {member.title}")
        self.stdout.write(f"身份保管口令（保管人同意查看投诉人身份时用）：{custody.PASSPHRASE}")
