"""Bring a database up to the code: logins and rights, migrations where any are missing, then rules and calendar."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from integrity import logins, versions


class Command(BaseCommand):
    """Run before the processes start, at every start; where nothing has changed it changes nothing."""

    help = "准备数据库：登录与权限、迁移、规则与工作日历。上线时先于网页与任务进程运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare logins, migrate as the owner, and load rules and calendar; loading twice changes nothing."""
        admin = os.environ.get("DATABASE_ADMIN_URL")
        if admin:
            versions.refuse_too_old(admin, name="DATABASE_ADMIN_URL")
            logins.prepare(admin=admin, logins=settings.LOGINS)
        for sentence in settings.DATABASE_WALLS_MISSING:
            self.stderr.write(f"缺少的隔离：{sentence}")
        executor = MigrationExecutor(connections["owner"])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", database="owner", interactive=False, verbosity=1, stdout=self.stdout)
        for command in ("load_rules", "load_calendar"):
            call_command(command, stdout=self.stdout)
