"""The subject of a mail with a patch: "[PATCH v3 2/5] x86/mm: free the page"."""

import re
from dataclasses import dataclass

_REPLY = re.compile(r"\s*(?:re|aw|fwd?)\s*:\s*", re.IGNORECASE)
_TAGS = re.compile(r"\s*\[([^\[\]]{0,100})\]\s*")
_VERSION = re.compile(r"(?:^|[\s,])v\.?(\d{1,3})(?=\s|$|,)", re.IGNORECASE)
_PART = re.compile(r"(?:^|[\s,])(\d{1,4})/(\d{1,4})(?=\s|$|,)")


@dataclass(frozen=True)
class Subject:
    """What a title says of its place in a series and among the revisions of one work."""

    words: str
    is_patch: bool = False
    is_reply: bool = False
    version: int = 1
    part: int | None = None
    parts: int | None = None

    @property
    def key(self) -> str:
        """What the revisions of one patch have in common, however it is spaced and capitalised."""
        return " ".join(self.words.casefold().split())

    @property
    def place(self) -> str:
        """ "version 3, part 2 of 5"; nothing for a title that says neither."""
        said = [f"version {self.version}"] if self.version > 1 else []
        if self.parts is not None:
            said.append(f"part {self.part} of {self.parts}" if self.part else f"cover letter of {self.parts}")
        return ", ".join(said)


def read_subject(title: str) -> Subject:
    """The title without what mail programs and git put before it; a title in words alone is all words."""
    is_reply, tags, rest = False, "", title
    while prefix := _REPLY.match(rest) or _TAGS.match(rest):
        is_reply = is_reply or prefix.re is _REPLY
        tags += f" {prefix.group(1)}" if prefix.re is _TAGS else ""
        rest = rest[prefix.end() :]
    is_patch = "PATCH" in tags.upper()
    version, part = _VERSION.search(tags), _PART.search(tags) if is_patch else None
    return Subject(
        words=(rest if rest.strip() else title).strip(),
        is_patch=is_patch,
        is_reply=is_reply,
        version=int(version.group(1)) if version else 1,
        part=int(part.group(1)) if part else None,
        parts=int(part.group(2)) if part else None,
    )
