"""Mappings turn neutral field names into those of a platform's specification; they know field names, not workflows."""

from exchange.mappings import cf, cn, sx
from exchange.mappings.table import Column, Facts, Fault, Mapping

MAPPINGS: dict[str, Mapping] = {mapping.resource: mapping for mapping in (sx.MAPPING, cf.MAPPING, cn.MAPPING)}

__all__ = ["MAPPINGS", "Column", "Facts", "Fault", "Mapping", "for_resource"]


def for_resource(resource: str) -> Mapping:
    """
    This will give the mapping of a resource such as ``SX``.

    :raises KeyError: no mapping is written for it
    """
    return MAPPINGS[resource]
