"""The embargo, checked: before the release nothing tells an applicant or the public how a round was decided.

One applicant is followed through several worlds that differ in what is thought of her and decided about her alone:
undecided, rated and placed as the best or the last, proposed, wanted by two projects, selected, waiting, not accepted,
taken back; all of them sealed. In others she withdrew since. In each of them every address is asked as every kind of
reader who must not know, everything is exported, and every letter is read; what comes back has to be the same, to the
header and the number of queries. All of it happens in a transaction that is rolled back.
"""

from opw.site.embargo.check import Difference, differences
from opw.site.embargo.people import NobodyToFollow

__all__ = ["Difference", "NobodyToFollow", "differences"]
