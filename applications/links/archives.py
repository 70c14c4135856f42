"""How archives of mailing lists address a mail: a table like that of the forges.

A message id is the same in every archive that holds the mail: it alone is the canonical form ("mid:", RFC 2392).
"""

import re

from applications.links.forges import PATCH, Shape

_MID = r"(?:<)?(?P<number>[\w.!#$%&'*+=?^`{|}~-]+@[\w.-]+)(?:>)?(?=[/?#]|$)"
_LIST = r"(?P<repository>[\w.+@-]+)"
_ANY = r"(?P<host>[\w.:-]+)"
_PLACE = r"(?P<host>[\w.:-]+(?:/~?[\w.-]+){0,4}?)"
_HASH = r"(?P<number>[A-Z2-7]{32})(?=[/?#]|$)"
_MARC = r"marc\.info/\?"


def _mail(archive: str, pattern: str, same: str) -> Shape:
    return Shape(archive, PATCH, "mail", re.compile(pattern, re.ASCII), same)


ARCHIVES = [
    _mail("sourcehut", rf"lists\.sr\.ht/(?P<repository>~[\w.-]+/[\w.-]+)/{_MID}", "mid:{number}"),
    _mail("Patchwork", rf"{_PLACE}/project/{_LIST}/(?:patch|cover|message)/{_MID}", "mid:{number}"),
    _mail("Patchwork", rf"{_PLACE}/patch/(?P<number>\d{{1,12}})(?=[/?#]|$)", "https://{host}/patch/{number}"),
    _mail("MARC", rf"{_MARC}(?:[^#]*&)?i={_MID.replace('/?#', '&#')}", "mid:{number}"),
    _mail(
        "MARC",
        rf"{_MARC}(?=(?:[^#]*&)?l={_LIST})(?=(?:[^#]*&)?m=(?P<number>\d{{1,20}}))",
        "https://marc.info/?l={repository}&m={number}",
    ),
    _mail("The Mail Archive", rf"mail-archive\.com/search\?(?:[^#]*&)?q={_MID.replace('/?#', '&#')}", "mid:{number}"),
    _mail(
        "The Mail Archive",
        rf"mail-archive\.com/{_LIST}/(?P<number>msg\d{{1,9}})(?:\.html)?(?=[?#]|$)",
        "https://mail-archive.com/{repository}/{number}.html",
    ),
    _mail(
        "HyperKitty",
        rf"{_PLACE}/list/{_LIST}/(?:message|thread)/(?:[A-Z2-7]{{32}}/?#)?{_HASH}",
        "https://{host}/list/{repository}/message/{number}",
    ),
    _mail(
        "Pipermail",
        rf"{_PLACE}/{_LIST}/(?P<number>(?:\d{{4}}-[A-Z][a-z]{{2,8}}|\d{{4}}q\d|Week-of-Mon-\d{{8}}|\d{{8}})/\d{{1,9}})\.html",
        "https://{host}/{repository}/{number}.html",
    ),
    _mail(
        "MHonArc",
        rf"{_PLACE}/{_LIST}/(?P<number>\d{{4}}-\d{{2}}/msg\d{{1,9}})\.html",
        "https://{host}/{repository}/{number}.html",
    ),
    _mail("lore", rf"(?:lore|lkml)\.kernel\.org/(?:(?:r|all)/|{_LIST}/)?{_MID}", "mid:{number}"),
    _mail("public-inbox", rf"{_ANY}(?:/lore)?/{_LIST}/(?=[^@/]*\d[^@/]*\d){_MID}", "mid:{number}"),
]
