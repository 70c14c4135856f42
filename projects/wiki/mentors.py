"""Who mentors an idea: names, addresses and the remarks behind them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from projects.wiki.page import Doubt, WikiMentor

_PART = r"[\w-]{1,63}"
_DOT = r"(?:\s?(?:\(dot\)|\[dot\]|\{dot\})\s?|\sdot\s)"
_ADDRESS = re.compile(
    rf"""[<(\[]?\s?(?:mailto:)?
    (?<![\w.+-])(?P<user>[\w.+-]{{1,64}})
    (?: @(?P<plain>{_PART}(?:\.{_PART}){{1,8}})
      | \s?(?:\(at\)|\[at\]|\{{at\}})\s?(?P<bracketed>{_PART}(?:(?:\.|{_DOT}){_PART}){{1,8}})
      | \sat\s(?P<spoken>{_PART}(?:{_DOT}{_PART}){{1,8}})
    )
    (?:\s?[>)\]])?""",
    re.IGNORECASE | re.VERBOSE,
)
_SEPARATOR = re.compile(r"\s*(?:,(?:\s*and\b)?|&|/|\band\b)\s*", re.IGNORECASE)
_NOBODY = re.compile(r"(?:tb[ad]|none|nobody|unknown|n/?a|to be (?:defined|determined|announced)|wanted)\W*", re.I)
_NAME = re.compile(r"(?:(?:[^\W\d_a-z][\w.'’-]{0,60}|d[aei]|de[nrl]|van|von|bin|la|le|y)(?: |$)){1,6}")
_NICKNAME = re.compile(r"[\w.-]{1,40}")
_REMARK = re.compile(r"\s+[-–—]+\s+|\s*\(")
_AROUND = " \t,;:-–—"
_LONGEST = 5_000  # nobody has that many mentors


def read_mentors(text: str, doubt: Doubt) -> tuple[WikiMentor, ...]:
    """The mentors in the order of the text. What is neither a name nor an address is a remark, or else a doubt."""
    if len(text) > _LONGEST:
        doubt(f"Mentors: too long to be names: “{text}”")
        return ()
    mentors: list[WikiMentor] = []
    for entry in re.split(r"[;\n]", text):
        for piece in _pieces(entry):
            while piece:
                piece = _add(piece, mentors, doubt)
    return tuple(mentors)


def _pieces(entry: str) -> Iterator[str]:
    """The entry cut before each further person; commas and "and" within a remark cut nothing."""
    start = 0
    for separator in _SEPARATOR.finditer(entry):
        so_far, rest = entry[start : separator.start()], entry[separator.end() :]
        after = _SEPARATOR.split(rest, maxsplit=1)[0]
        name, email, _ = _split(after)
        in_remark = bool(_split(so_far)[2]) and not so_far.endswith(")")
        if (email and len(name) <= 60) or (_NAME.fullmatch(name) and not in_remark):
            yield so_far
            start = separator.end()
    yield entry[start:]


def _split(piece: str) -> tuple[str, str, str]:
    """The name, the address and the remark of one person."""
    address = _ADDRESS.search(piece)
    cut = address or _REMARK.search(piece) or _SEPARATOR.search(piece)
    if not cut:
        return piece.strip(_AROUND), "", ""
    remark = piece[cut.end() if address else cut.start() :].strip(_AROUND)
    return piece[: cut.start()].strip(_AROUND), _email(address) if address else "", _unbracketed(remark)


def _add(piece: str, mentors: list[WikiMentor], doubt: Doubt) -> str:
    """Add the person whom the piece begins with; return the rest when it holds another address."""
    name, email, remark = _split(piece)
    is_nickname = not mentors and _NICKNAME.fullmatch(name)
    if email and not name and mentors and not mentors[-1].email:
        mentors[-1] = replace(mentors[-1], email=email)  # it stands on the line under the name
    elif email:
        if not name:
            doubt(f"Mentors: “{email}” has no name beside it.")
        mentors.append(WikiMentor(name or email.partition("@")[0], email))
    elif not _NOBODY.fullmatch(name) and (is_nickname or _NAME.fullmatch(name)):
        mentors.append(WikiMentor(name))
    else:
        remark = piece.strip(_AROUND)
    if email and _ADDRESS.search(remark):
        return remark
    _remark(remark, mentors, doubt)
    return ""


def _remark(words: str, mentors: list[WikiMentor], doubt: Doubt) -> None:
    if not words:
        return
    if not mentors or _NOBODY.fullmatch(words):
        doubt(f"Mentors: “{words}” is not a person.")
        return
    last = mentors[-1]
    mentors[-1] = replace(last, remark=f"{last.remark}; {words}" if last.remark else words)


def _email(address: re.Match[str]) -> str:
    host = address["plain"] or re.sub(_DOT, ".", address["bracketed"] or address["spoken"], flags=re.IGNORECASE)
    return f"{address['user']}@{host}"


def _unbracketed(words: str) -> str:
    is_one_bracket = words.startswith("(") and words.endswith(")") and words.count("(") == 1
    return words[1:-1] if is_one_bracket else words
