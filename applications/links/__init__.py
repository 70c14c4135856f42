"""Links to contributions: which are plain, what they say of the work behind them, and when two are the same work.

Nothing here asks the network. ``address`` takes an address apart, ``forges`` and ``archives`` are the tables of how
forges and list archives write theirs, ``reading`` looks a link up in them, and ``subjects`` reads a mail's subject.
"""

from applications.links.address import check_link, plain
from applications.links.reading import Link, canonical, read
from applications.links.subjects import Subject, read_subject

__all__ = ["Link", "Subject", "canonical", "check_link", "plain", "read", "read_subject"]
