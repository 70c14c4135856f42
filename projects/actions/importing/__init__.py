"""Bringing a wiki page's ideas into the portal, and again when the page has changed.

``pages`` is the action: it recognises the page's ideas and brings in each. ``said`` puts what the page says into the
portal's fields and limits; ``ideas`` writes it, and weighs it against what was edited here since the last import;
``mentors`` and ``points`` do so for the people and their review. ``browser`` does it in two steps, and
``report`` says what was done.
"""

from projects.actions.importing.browser import bring_page, give_up_page, import_chosen
from projects.actions.importing.ideas import ImportedIdea
from projects.actions.importing.pages import import_ideas

__all__ = ["ImportedIdea", "bring_page", "give_up_page", "import_chosen", "import_ideas"]
