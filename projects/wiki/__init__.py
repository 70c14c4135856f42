"""Reading a community's wiki page of project ideas: text in, a typed result out; nothing is stored here.

``clean`` makes one kind of text of every file, ``stretches`` finds the templates in it, ``source`` and ``rendered``
read the two shapes an idea can have into a ``Draft``, and ``ideas`` understands the draft: ``days``, ``facts``,
``mentors`` and ``review`` read one kind of field each. ``wikitext``, ``escaping`` and ``lines`` make Markdown of what
people wrote.
"""

from projects.wiki.page import NotAnIdeasPage, WikiIdea, WikiMentor, WikiPage, WikiPoint
from projects.wiki.reader import read_page
from projects.wiki.report import as_json

__all__ = ["NotAnIdeasPage", "WikiIdea", "WikiMentor", "WikiPage", "WikiPoint", "as_json", "read_page"]
