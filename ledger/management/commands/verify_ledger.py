"""Verify the log and everything it answers for."""

from __future__ import annotations

import base64
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from ledger.verification.findings import Report
from ledger.verification.run import verify

KEY_BYTES = 32


class Command(BaseCommand):
    """Exit code 0: nothing found; 1: findings; 2: the verification itself could not be carried out."""

    help = "核验日志：叶、树、树头，以及每一行、每个文件、每份公示文书是否与日志相符。退出码 0 相符，1 有不符，2 无法核验。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take heads from outside and the form of the answer."""
        parser.add_argument(
            "--head", type=Path, action="append", default=[], metavar="文件", help="在外部保存的树头，可给多份"
        )
        parser.add_argument("--key", type=_key, metavar="公钥", help="树头的公钥（base64），本机不是签名机时须给出")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出，供程序读取")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and leave with the exit code."""
        try:
            report = verify(outside_heads=options["head"], key=options["key"])
        except (DatabaseError, OSError) as broken:
            self.stderr.write(f"无法核验：{broken}")
            sys.exit(2)
        self.stdout.write(
            json.dumps(report.told(), ensure_ascii=False, indent=1) if options["json"] else readable(report)
        )
        if report.findings:
            sys.exit(1)


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError(text)
    return key


def readable(report: Report) -> str:
    """Give the report for a person."""
    names = {
        "entries": "日志条目",
        "heads": "树头",
        "nodes": "树节点",
        "rows": "数据行",
        "documents": "公示文书",
        "files": "文件",
        "waiting": "待当夜记入的行",
    }
    lines = ["已核对：" + "，".join(f"{names.get(what, what)} {number}" for what, number in report.counts.items())]
    lines += [f"缺少的墙：{wall}" for wall in report.missing_walls]
    lines += [str(finding) for finding in report.findings]
    lines.append(f"发现 {len(report.findings)} 处不符。" if report.findings else "全部相符。")
    return "\n".join(lines)
