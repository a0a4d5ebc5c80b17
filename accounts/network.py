"""Where a request comes from, as far as limits need to know: its network, never kept in clear."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def of(request: HttpRequest) -> str:
    """Return the network of the caller: /24 for IPv4, /64 for IPv6."""
    return _cut(request, 24)


def address(request: HttpRequest) -> str:
    """Return the caller's own address, for limits that must not meet his neighbours; IPv6 is cut to its /64 all the same."""
    return _cut(request, 32)


def _cut(request: HttpRequest, bits: int) -> str:
    """Headers of forwarding are believed only from as many proxies as `TRUSTED_PROXIES` says (none by default), counted from
    the right, so that a made-up header does not dodge a limit.
    """
    address = request.META.get("REMOTE_ADDR", "")
    trusted = int(getattr(settings, "TRUSTED_PROXIES", 0))
    if trusted:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        address = hops[-trusted] if len(hops) >= trusted else address
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return str(ip_network(f"{found}/{bits if found.version == 4 else 64}", strict=False))
