"""What is shown of a natural person: family name with a star, first six and last four of the number, a broken telephone."""

_LISTED = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离
长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 轩辕 令狐 段干 百里 呼延 东郭 南门
羊舌 微生 梁丘 左丘 东门 西门 第五
"""
COMPOUND_SURNAMES = frozenset(_LISTED.split())
"""复姓 that keep two characters when masked."""


def name(full: str) -> str:
    """Return the family name and one star, whatever the length of the given name: 王*, 欧阳*."""
    text = full.strip()
    if not text:
        return ""
    return (text[:2] if len(text) > 2 and text[:2] in COMPOUND_SURNAMES else text[0]) + "*"


def id_number(number: str) -> str:
    """Return first six and last four with eight stars between, for the person concerned and staff with a duty."""
    return f"{number[:6]}{'*' * 8}{number[-4:]}" if len(number) == 18 else "*" * len(number)


def phone(number: str) -> str:
    """Return first three and last four with four stars between."""
    return f"{number[:3]}****{number[-4:]}" if len(number) == 11 else "*" * len(number)
