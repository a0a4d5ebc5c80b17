"""Invented public documents in the shape of the measured data set: titles of 30 characters, facts of 50 to 300, skewed words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from disclosure.publishing import PublicDocument

CITIES = "安平 临江 南川 东岭 长宁 永丰 清源 石桥 金沙 龙泉".split()
DISTRICTS = "城东 城西 高新 沙河 桃源 柳林 湖滨 玉田".split()
BUREAUS = "发展和改革 教育 财政 交通运输 水务 农业农村 卫生健康 应急管理 市场监督管理 住房和城乡建设 退役军人事务 统计".split()
FIRST = "恒瑞鑫盛宏华天中东方金银百万新博众诚信德嘉美利达通联创科汇丰泰安康乐福隆兴荣昌顺祥源广远大正和"
SECOND = "业海成达润泽峰凯瑞丰发茂源盈辉腾飞翔宇阳晟铭佳益明科信诚立基石磊邦鼎固悦景程航路元亿聚"
TRADES = "建筑工程 市政园林 信息科技 物业管理 医疗器械 广告传媒 机电安装 工程监理 水利建设 环保设备".split()
MATTERS = (
    ("ARREARS", 18, ("拖欠中小企业账款", "未按约支付工程款", "长期拖欠保证金", "以财政紧张为由拒付货款")),
    (
        "BROKEN_COMMITMENT",
        22,
        ("未按期兑现公开承诺", "承诺事项逾期未办结", "擅自变更承诺内容", "对群众承诺的时限严重超期"),
    ),
    ("CONTRACT_DEFAULT", 15, ("单方面解除合同", "未履行合同义务", "验收后不付款", "擅自变更合同主要条款")),
    ("ADMIN_PENALTY", 11, ("在招标投标中提供虚假材料", "泄露标底", "违规设置投标门槛", "与投标人串通投标")),
    ("PROJECT_DEFAULT", 9, ("优惠政策未兑现", "土地供应承诺落空", "税收返还承诺未履行", "新官不理旧账")),
    ("COURT_JUDGMENT", 6, ("未履行生效判决", "被列为失信被执行人", "拒不协助执行", "逾期未缴纳罚款")),
)
FILL = (
    "经调查核实，事实清楚，证据确凿",
    "在规定期限内没有提出书面异议",
    "损害了政府公信力，造成不良社会影响",
    "整改通知书送达后，仍未采取有效措施",
    "涉及市场主体多次催告未果",
    "已依法告知陈述、申辩和申请信用修复的权利",
    "有合同文本、银行流水等材料为证",
    "经集体讨论决定，予以认定并向社会公示",
    "该项目属于年度重点民生实事项目",
    "因内部审批流程拖延，付款申请一直未报送财政部门",
    "部门之间推诿扯皮，企业往返办理十余次",
)
SEVERITIES = ("general", "general", "serious")
PROVINCE = "1144000000000000XP"


def units() -> list[tuple[str, str, tuple[str, ...]]]:
    """Give code, name and place in the tree of every unit; the codes are of the right length and of nobody."""
    made = []
    for c, city in enumerate(CITIES):
        top = f"114400{c:02d}0000000000"
        for b, bureau in enumerate(BUREAUS):
            made.append((f"114400{c:02d}00{b:02d}000000", f"{city}市{bureau}局", (PROVINCE, top)))
            for d, district in enumerate(DISTRICTS):
                code = f"114400{c:02d}{d + 1:02d}{b:02d}000000"
                made.append((code, f"{city}市{district}区{bureau}局", (PROVINCE, top)))
    return [(code, name, (*above, code)) for code, name, above in made]


def documents(count: int, *, today: date, seed: int = 2026) -> Iterator[PublicDocument]:
    """Give invented documents that are all public today; the same seed gives the same ones."""
    chance = random.Random(seed)  # noqa: S311  invented data
    places = units()
    matters = [matter for matter in MATTERS for _ in range(matter[1])]
    for number in range(count):
        code, name, chain = places[int(chance.random() ** 2 * len(places))]
        kind, _weight, deeds = chance.choice(matters)
        first = today - timedelta(days=chance.randrange(1, 340))
        yield PublicDocument(
            id=UUID(int=chance.getrandbits(128), version=4),
            version=1,
            kind="dishonesty",
            number=f"云信失〔{first.year}〕{number:07d}号",
            title=f"关于{name}{chance.choice(deeds)}的认定公示",
            department_uscc=code,
            department_name=name,
            division_code="441400",
            ancestors=chain,
            areas=(),
            source_type=kind,
            severity=chance.choice(SEVERITIES),
            decided_on=first,
            visible_from=first,
            visible_until=first + timedelta(days=chance.randrange(365, 1000)),
            fields={"organ": "云岭省发展和改革委员会", "paragraphs": [_facts(chance, name, deeds, first)]},
            why=_why(first),
        )


def _facts(chance: random.Random, name: str, deeds: tuple[str, ...], day: date) -> str:
    brand = chance.choice(FIRST) + chance.choice(SECOND) + chance.choice(TRADES)
    least = 50 + int(chance.random() ** 1.6 * 230)
    told = f"{day.year}年{day.month}月{day.day}日，{name}在办理{chance.choice(CITIES)}市{brand}有限公司的项目过程中，"
    told += f"{chance.choice(deeds)}，涉及金额{chance.random() * 900 + 1:.2f}万元"
    at = chance.randrange(len(FILL))
    while len(told) < least:
        told += "；" + FILL[at % len(FILL)]
        at += 1 + chance.randrange(4)
    return told[:299] + "。"


def _why(first: date) -> dict[str, Any]:
    return {
        "basis": "部门没有守信，且程度为“一般”以上，依规定应当公示。",
        "clause": "从认定当日起算，按整月计算。",
        "start": first.isoformat(),
        "last_day": "",
        "decided_by": "云岭省发展和改革委员会",
        "repair_from": "",
        "ends_earlier": ["异议成立", "修复获准"],
    }
