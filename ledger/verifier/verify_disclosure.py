#!/usr/bin/env python3
"""政务诚信档案平台 · 公示内容离线核验工具（单文件，不联网）

它能核对三件事：
  1. 公示页上的内容确实写进了公开日志，一个字都没有改过；
  2. 日志的“树头”确实由平台的密钥签名；
  3. 您上次保存的树头与现在的树头前后一致，历史没有被重写。
它不能证明：公示的事实是否属实，也不能证明有没有应公示而未公示的内容。

需要：Python 3.9 或更新版本，以及 cryptography 软件包（pip install cryptography）。

用法：
  python verify_disclosure.py 证明.json --key 公钥
      核验一份公示内容。证明.json 在公示页“下载证明”处取得；公钥请从您信任的渠道取得，
      不给 --key 时只能核对内部一致，会提示公钥未经确认。
  python verify_disclosure.py 证明.json --key 公钥 --show
      核验通过后，把被证明的内容原文打印出来，供您与网页逐字对照。
  python verify_disclosure.py 证明.json --key 公钥 --head 我的树头.txt --consistency 一致性.json
      同时核对：您自己保存的旧树头与证明里的新树头前后一致。
  python verify_disclosure.py 证明.json --key 公钥 --save-head 我的树头.txt
      核验通过后，把这次的树头保存下来，下次用 --head 与新的树头比较。

退出码：0 全部核对无误；1 核对不符；2 文件读不出或用法有误。

算法：承诺值 = SHA-256(盐 ‖ 内容)；叶 = SHA-256(0x00 ‖ 承诺值)；内部节点 = SHA-256(0x01 ‖ 左 ‖ 右)（RFC 6962）；
树头为 C2SP checkpoint 文本，Ed25519 签名。
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PROOF = "integrity-proof/1"
CONSISTENCY = "integrity-consistency/1"
PROOF_FIELDS = {"format", "origin", "public_key", "body", "salt", "leaf_index", "tree_size", "path", "head"}
CONSISTENCY_FIELDS = {"format", "origin", "public_key", "old_head", "new_head", "path"}
LONGEST_PATH = 64
NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class NotProved(Exception):
    """The material does not prove what it should; the text says what failed."""


class Unreadable(Exception):
    """The material is not in the expected form at all."""


def sha256(*parts: bytes) -> bytes:
    """Hash the joined parts."""
    return hashlib.sha256(b"".join(parts)).digest()


def leaf_of(salt: bytes, body: bytes) -> bytes:
    """Give the leaf hash of salted content."""
    return sha256(b"\x00", sha256(salt, body))


def lifted(first: int, last: int) -> tuple[int, int]:
    """Climb while the first place is a left child with nothing to its left to join."""
    while first and not first & 1:
        first, last = first >> 1, last >> 1
    return first, last


def root_from_inclusion(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """Give the root to which leaf and path lead (RFC 9162, 2.1.3.2).

    :raises NotProved: the path does not fit a leaf at this index in a tree of this size
    """
    if not 0 <= index < size:
        raise NotProved("叶的序号不在树的范围内")
    first, last, top = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise NotProved("证明路径过长")
        if first & 1 or first == last:
            top = sha256(b"\x01", sibling, top)
            first, last = lifted(first, last)
        else:
            top = sha256(b"\x01", top, sibling)
        first, last = first >> 1, last >> 1
    if last:
        raise NotProved("证明路径过短")
    return top


def roots_from_consistency(old: int, new: int, old_root: bytes, path: list[bytes]) -> tuple[bytes, bytes]:
    """Give the old and the new root to which the proof leads (RFC 9162, 2.1.4.2).

    :raises NotProved: the proof does not fit these sizes
    """
    if not 0 < old <= new:
        raise NotProved("旧树头比新树头还大，或旧树为空")
    if old == new:
        if path:
            raise NotProved("两个树头一样大，不应有证明路径")
        return old_root, old_root
    hashes = [old_root, *path] if old & (old - 1) == 0 else path
    if not hashes:
        raise NotProved("缺少证明路径")
    shift = (old & -old).bit_length() - 1  # so far up the old tree's last leaf is a right child
    return climbed(hashes, old - 1 >> shift, new - 1 >> shift)


def climbed(hashes: list[bytes], first: int, last: int) -> tuple[bytes, bytes]:
    """Join the hashes of a consistency proof into both roots.

    :raises NotProved: there are too many or too few
    """
    before = after = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise NotProved("证明路径过长")
        if first & 1 or first == last:
            before, after = sha256(b"\x01", sibling, before), sha256(b"\x01", sibling, after)
            first, last = lifted(first, last)
        else:
            after = sha256(b"\x01", after, sibling)
        first, last = first >> 1, last >> 1
    if last:
        raise NotProved("证明路径过短")
    return before, after


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, path: list[bytes]) -> bool:
    """Tell whether the proof shows that the old tree is the beginning of the new one."""
    try:
        return roots_from_consistency(old, new, old_root, path) == (old_root, new_root)
    except NotProved:
        return False


def open_head(text: str, origin: str, key: bytes) -> tuple[int, bytes]:
    """Give size and root of a head whose signature by the key is good.

    :raises NotProved: another log, a malformed head, or no good signature by this key
    """
    note, parted, tail = text.partition("\n\n")
    lines = note.split("\n")
    if not parted or len(lines) < 3 or lines[0] != origin or not NUMBER.fullmatch(lines[1]):
        raise NotProved("树头格式不对，或属于另一个日志")
    root = decoded(lines[2], "树头里的树根")
    if len(root) != 32:
        raise NotProved("树头里的树根长度不对")
    name = sha256(origin.encode(), b"\n\x01", key)[:4]
    for line in tail.split("\n"):
        words = line.split(" ")
        if len(words) == 3 and words[:2] == ["\u2014", origin]:
            data = decoded(words[2], "树头的签名")
            if data[:4] == name and signed_by(key, (note + "\n").encode(), data[4:]):
                return int(lines[1]), root
    raise NotProved("树头没有由这把公钥签名")


def signed_by(key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the Ed25519 signature is good."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def decoded(text: Any, what: str) -> bytes:
    """Decode strict base64.

    :raises NotProved: the text is not the one base64 spelling of any bytes
    """
    if not isinstance(text, str):
        raise NotProved(f"{what}不是文本")
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as broken:
        raise NotProved(f"{what}不是 base64") from broken
    if base64.b64encode(data).decode() != text:
        raise NotProved(f"{what}不是规范的 base64")
    return data


def path_of(bundle: dict[str, Any]) -> list[bytes]:
    """Give the hashes of a proof path.

    :raises NotProved: the path is not a list of 32-byte hashes
    """
    given = bundle["path"]
    if not isinstance(given, list) or len(given) > LONGEST_PATH:
        raise NotProved("证明路径不是列表，或过长")
    path = [decoded(step, "证明路径") for step in given]
    if any(len(step) != 32 for step in path):
        raise NotProved("证明路径里有长度不对的散列")
    return path


def shaped(bundle: Any, fields: set[str], form: str) -> dict[str, Any]:
    """Check that a bundle has exactly the fields of its form.

    :raises Unreadable: it has not
    """
    if not isinstance(bundle, dict) or set(bundle) != fields or bundle["format"] != form:
        raise Unreadable(f"不是 {form} 格式的文件")
    if not isinstance(bundle["origin"], str) or not bundle["origin"]:
        raise Unreadable("缺少日志名称")
    return bundle


def trusted_key(bundle: dict[str, Any], pinned: bytes | None) -> bytes:
    """Give the key to check with: the pinned one, which the bundle's must equal, else the bundle's own.

    :raises NotProved: the bundle names another key than the pinned one
    """
    own = decoded(bundle["public_key"], "公钥")
    if len(own) != 32:
        raise NotProved("公钥长度不对")
    if pinned is not None and own != pinned:
        raise NotProved("文件里的公钥不是您信任的公钥")
    return own


def check_proof(bundle: Any, pinned: bytes | None = None) -> bytes:
    """Give the proved content.

    :raises NotProved: something does not hold
    :raises Unreadable: this is no proof at all
    """
    bundle = shaped(bundle, PROOF_FIELDS, PROOF)
    key = trusted_key(bundle, pinned)
    index, size = bundle["leaf_index"], bundle["tree_size"]
    if type(index) is not int or type(size) is not int:
        raise NotProved("序号和树的大小须是整数")
    body, salt = decoded(bundle["body"], "内容"), decoded(bundle["salt"], "盐")
    if len(salt) != 16:
        raise NotProved("盐的长度不对")
    head_size, root = open_head(text_of(bundle["head"]), bundle["origin"], key)
    if head_size != size:
        raise NotProved("树的大小与树头不符")
    if root_from_inclusion(leaf_of(salt, body), index, size, path_of(bundle)) != root:
        raise NotProved("内容不在签名的日志里：内容、盐或路径被改动过")
    return body


def check_consistency(bundle: Any, pinned: bytes | None = None, saved: str | None = None) -> tuple[int, int]:
    """Give old and new size once the proof shows that the log only grew.

    :param saved: the head the citizen kept; the bundle's old head must be of the same tree
    :raises NotProved: something does not hold
    :raises Unreadable: this is no consistency proof at all
    """
    bundle = shaped(bundle, CONSISTENCY_FIELDS, CONSISTENCY)
    key = trusted_key(bundle, pinned)
    old_size, old_root = open_head(text_of(bundle["old_head"]), bundle["origin"], key)
    new_size, new_root = open_head(text_of(bundle["new_head"]), bundle["origin"], key)
    if saved is not None and open_head(saved, bundle["origin"], key) != (old_size, old_root):
        raise NotProved("一致性证明的起点不是您保存的树头")
    if not is_consistent(old_size, new_size, old_root, new_root, path_of(bundle)):
        raise NotProved("两个树头不一致：历史被重写过")
    return old_size, new_size


def text_of(value: Any) -> str:
    """Give a text.

    :raises NotProved: it is none
    """
    if not isinstance(value, str):
        raise NotProved("树头不是文本")
    return value


def no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object that names a field twice.

    :raises Unreadable: it does
    """
    if len({name for name, _ in pairs}) != len(pairs):
        raise Unreadable("文件里有重复的字段")
    return dict(pairs)


def loaded(path: Path) -> Any:
    """Read a JSON file strictly.

    :raises Unreadable: it cannot be read
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=no_twins)
    except (OSError, ValueError, RecursionError) as broken:
        raise Unreadable(f"读不出 {path}：{broken}") from broken


def run(options: argparse.Namespace) -> None:
    """Check what was asked for and print each result."""
    pinned = decoded(options.key, "公钥") if options.key else None
    bundle = loaded(options.proof)
    body = check_proof(bundle, pinned)
    print(f"✓ 内容在日志“{bundle['origin']}”第 {bundle['leaf_index']} 叶，树头大小 {bundle['tree_size']}，签名无误。")
    print(f"  内容的 SHA-256：{hashlib.sha256(body).hexdigest()}")
    if pinned is None:
        print(f"! 公钥未经确认，请从您信任的渠道核对：{bundle['public_key']}")
    if options.consistency:
        consistency = loaded(options.consistency)
        saved = options.head.read_text(encoding="utf-8") if options.head else None
        old, new = check_consistency(consistency, decoded(bundle["public_key"], "公钥"), saved)
        if consistency["origin"] != bundle["origin"] or consistency["new_head"] != bundle["head"]:
            raise NotProved("一致性证明的终点不是这份证明的树头")
        print(f"✓ 从 {old} 条到 {new} 条，日志只有增加，没有改写。")
    if options.save_head:
        options.save_head.write_text(bundle["head"], encoding="utf-8")
        print(f"  树头已保存到 {options.save_head}。")
    if options.show:
        print(body.decode("utf-8", errors="backslashreplace"))


def main(arguments: list[str] | None = None) -> int:
    """Give the exit code: 0 proved, 1 not proved, 2 unreadable."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, add_help=False
    )
    parser.add_argument("-h", "--help", action="help", help="显示本说明")
    parser.add_argument("proof", type=Path, help="证明文件（JSON）")
    parser.add_argument("--key", help="您信任的公钥（base64）")
    parser.add_argument("--head", type=Path, help="您上次保存的树头")
    parser.add_argument("--consistency", type=Path, help="一致性证明（JSON）")
    parser.add_argument("--save-head", type=Path, help="核验通过后把树头存到此文件")
    parser.add_argument("--show", action="store_true", help="打印被证明的内容")
    options = parser.parse_args(arguments)
    if options.head and not options.consistency:
        parser.error("--head 须与 --consistency 一起使用")
    try:
        run(options)
    except NotProved as failed:
        print(f"✗ 核验不通过：{failed}", file=sys.stderr)
        return 1
    except (Unreadable, OSError) as failed:
        print(f"✗ 无法核验：{failed}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
