"""Set up a new portal: its topmost department and its first administrators."""

from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.services import founding
from ledger.refusals import Refused


class Command(BaseCommand):
    """Ask for one password per administrator and set everything up in one act; refused once anybody holds a role."""

    help = "初始化：登记最上一级部门，任命第一批系统管理员、安全管理员（至少两人）和安全审计员。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the department and the people."""
        parser.add_argument("--department", required=True, help="部门名称")
        parser.add_argument("--uscc", required=True, help="统一社会信用代码")
        parser.add_argument("--division", required=True, help="行政区划代码")
        parser.add_argument("--prefix", required=True, help="编号字头")
        parser.add_argument("--since", required=True, help="设立日期，如 1949-10-01")
        parser.add_argument(
            "--person",
            action="append",
            required=True,
            metavar="账号:姓名:角色",
            help="角色为 sysadmin、secadmin 或 auditor",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Found the portal.

        :raises CommandError: with the sentence of whatever was refused.
        """
        people = [self._founder(text) for text in options["person"]]
        top = founding.Top(
            name=options["department"],
            code=options["uscc"],
            division_code=options["division"],
            serial_prefix=options["prefix"],
            valid_from=options["since"],
        )
        try:
            founding.found(top=top, founders=people, now=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("已完成初始化；请各人登录后立即修改口令并启用动态口令。")

    @staticmethod
    def _founder(text: str) -> founding.Founder:
        parts = text.split(":")
        if len(parts) != 3:
            raise CommandError(f"“{text}”应写成 账号:姓名:角色")
        username, name, role = parts
        return founding.Founder(username, name, role, password=getpass(f"{username} 的初始口令："))
