"""Holding a view to what a permission says."""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Answer 403 unless a permission function said yes.

    For deeds on things one may see; what one may not see is not found (``visible_to``), which answers 404.
    """
    if not allowed:
        raise PermissionDenied
