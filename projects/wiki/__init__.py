"""Reading a community's wiki page of project ideas: text in, a typed result out; nothing is stored here.

``clean`` makes one kind of text of every file, ``stretches`` finds the templates in it, ``source`` and ``rendered``
read the two shapes an idea can have into a ``Draft``, and ``ideas`` understands the draft: ``days``, ``facts``,
``mentors`` and ``review`` read one kind of field each. ``wikitext``, ``escaping`` and ``lines`` make Markdown of what
people wrote.

The other way, a page is written as ``data`` (JSON), as a ``template`` (wikitext, by ``markup``) or as a ``document``
(Markdown), each of which is read back as the same page; ``spelled_out`` reads what only an export writes.
"""

from projects.wiki.data import as_export, as_json
from projects.wiki.document import as_markdown
from projects.wiki.page import NotAnIdeasPage, WikiIdea, WikiMentor, WikiPage, WikiPoint, WikiResolution
from projects.wiki.reader import read_page
from projects.wiki.template import as_wikitext

__all__ = [
    "NotAnIdeasPage", "WikiIdea", "WikiMentor", "WikiPage", "WikiPoint", "WikiResolution", "as_export", "as_json",
    "as_markdown", "as_wikitext", "read_page",
]  # fmt: skip
