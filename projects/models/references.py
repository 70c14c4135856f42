"""The links that an idea's references name, and how each was found when the portal looked."""

import re
from datetime import UTC

from django.db import models
from django.db.models.functions import JSONObject, TruncDate

# As people write them in Markdown and in wiki markup; a bracket belongs to the link only where it is closed there.
_PIECE = r"[^\s\x00-\x1f\x7f<>\"`\[\]()]"
_LINK = re.compile(rf"https?://(?:{_PIECE}|\({_PIECE}*\))+", re.IGNORECASE)
_NO_END_OF_A_LINK = ".,;:!?*_'"
_LOOKED_AT = 20  # the first ones of an idea
_LONGEST = 2000


def links_in(text: str) -> list[str]:
    """The web addresses in a text that can be looked up, each once, in their order."""
    found = (link.rstrip(_NO_END_OF_A_LINK) for link in _LINK.findall(text))
    return list(dict.fromkeys(link for link in found if link.isascii() and len(link) <= _LONGEST))[:_LOOKED_AT]


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def dead(self) -> models.QuerySet["Reference", dict[str, str]]:
        """Those that led nowhere, each as its url and the day (``on``) of the look."""
        day = TruncDate("checked_at", tzinfo=UTC)
        return self.filter(is_dead=True).values_list(JSONObject(url="url", on=day), flat=True)


class Reference(models.Model):
    """A link of an idea's references that was looked up. What is no longer in the text does not count."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="+")
    url = models.CharField(max_length=_LONGEST)
    checked_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True, help_text="The first of the looks in a row that found nothing.")
    is_dead = models.BooleanField(default=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "url"], name="one_look_per_reference")]

    def __str__(self) -> str:
        return self.url
