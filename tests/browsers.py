"""Say plainly, before the suite starts, whether the browser tests will run; find the browser for them."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Give the path of a Chromium, from ``CHROMIUM`` or the search path."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    found = chromium()
    print(
        f"浏览器测试用 {found}。"
        if found
        else "没有找到 Chromium：浏览器测试将跳过。make browser 可在 Debian 上安装它。"
    )
