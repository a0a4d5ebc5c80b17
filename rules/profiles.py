"""The regional profile a deployment runs under: GD (Guangdong), SZ (Shenzhen) or HN (Henan), domain 2.4."""

from django.conf import settings

GUANGDONG, SHENZHEN, HENAN = "GD", "SZ", "HN"
NAMES = {GUANGDONG: "广东省", SHENZHEN: "深圳经济特区", HENAN: "河南省"}


def current() -> str:
    """This will give the profile of the deployment (environment variable REGION_PROFILE, default GD)."""
    return str(getattr(settings, "REGION_PROFILE", GUANGDONG))
