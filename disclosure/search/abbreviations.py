"""The short names people use for a bureau: 市交通局 for 梅州市交通运输局."""

import re

SHORT = {
    "发展和改革": "发改",
    "发展改革": "发改",
    "工业和信息化": "工信",
    "科学技术": "科技",
    "人力资源和社会保障": "人社",
    "人力资源社会保障": "人社",
    "住房和城乡建设": "住建",
    "住房城乡建设": "住建",
    "交通运输": "交通",
    "农业农村": "农业",
    "自然资源": "资源",
    "生态环境": "环保",
    "文化广电旅游体育": "文旅",
    "文化广电旅游": "文旅",
    "卫生健康": "卫健",
    "退役军人事务": "退役军人",
    "应急管理": "应急",
    "市场监督管理": "市监",
    "政务服务和数据管理": "政数",
    "政务服务数据管理": "政数",
    "城市管理和综合执法": "城管",
    "医疗保障": "医保",
    "国有资产监督管理": "国资",
}
ENDING = re.compile(r"(委员会|局|厅|办公室|中心)$")
ENDINGS = {"委员会": "委", "办公室": "办"}


def of(name: str) -> set[str]:
    """This will give the short forms of a bureau's full name; an unknown name has none and is found by itself."""
    ending = ENDING.search(name)
    if ending is None:
        return set()
    stem, last = name[: ending.start()], ENDINGS.get(ending.group(), ending.group())
    return {stem.replace(long, short) + last for long, short in SHORT.items() if long in stem}
