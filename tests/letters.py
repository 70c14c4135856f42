"""What tests read of letters."""

import re

from opw.mail.models import Letter


def link_in(letter: Letter) -> str:
    """The path of the one link to this site that a letter holds, beside the one in its frame."""
    paths = re.findall(r"http://(?:localhost:8000|testserver)(/\S+/)", letter.text)
    (path,) = {path for path in paths if "unsubscribe" not in path}
    return str(path)


def last_link(to: str) -> str:
    """The link in the newest letter to this address."""
    return link_in(Letter.objects.filter(to=to).latest("pk"))
