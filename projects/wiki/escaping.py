"""Plain words as Markdown that shows them as they are, with as few backslashes as that takes."""

import re

MARKUP = "\ue000"  # stands in a text for a piece of Markdown; cleaned out of what comes from outside

_ENTITY = re.compile(r"&(?=#|\w{1,40};)")
_MISREAD = re.compile(
    r"""(?P<backslash> \\ (?= [!-/:-@\[-`{-~] | $ ) | ` )
    | (?P<star> \*(?!\s) | (?<=\S)\* )              # between spaces it is a star or a list's bullet
    | (?P<underscore> (?<![^\W_])_ | _(?![^\W_]) )  # within_a_word it is itself
    | (?P<bracket> \](?=\() )
    | (?P<tag> <(?=[A-Za-z/!?]) )
    | (?P<entity> &(?=\#|\w{1,40};) )
    """,
    re.VERBOSE | re.MULTILINE,
)
_ADDRESS = re.compile(r"""\bhttps?://[^\s<>"`\\\[\]{}|^\ue000]+""")
_ENTITIES = {"tag": "&lt;", "entity": "&amp;"}
_CHARACTERS = {"&lt;": "<", "&amp;": "&"}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&lt;|&amp;")


def escape(text: str) -> str:
    """The words for a Markdown text; web addresses become links. What a line begins with is escaped with its line."""
    written = []
    position = 0
    for address in _ADDRESS.finditer(text):
        end = address.start() + len(_without_punctuation(address[0]))
        link = _ENTITY.sub("&amp;", text[address.start() : end])
        written += [_escape_words(text[position : address.start()]), f"<{link}>"]
        position = end
    written.append(_escape_words(text[position:]))
    return "".join(written)


def unescape(markdown: str) -> str:
    """The words again, for a name found in a Markdown text."""
    return _ESCAPED.sub(lambda found: found[1] or _CHARACTERS[found[0]], markdown)


def fence(text: str, least: int = 1) -> str:
    """A row of backticks to stand around code: longer than any within it."""
    return "`" * max(least, 1 + max(map(len, re.findall("`+", text)), default=0))


def _escape_words(text: str) -> str:
    return _MISREAD.sub(lambda found: _ENTITIES.get(found.lastgroup or "", f"\\{found[0]}"), text)


def _without_punctuation(address: str) -> str:
    """The address without the full stop or bracket that the sentence around it put behind."""
    bare = address.rstrip(".,:;!?')")
    brackets = ")" * (bare.count("(") - bare.count(")"))
    return bare + brackets if address.startswith(brackets, len(bare)) else bare
