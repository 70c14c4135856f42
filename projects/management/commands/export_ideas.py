"""manage.py export_ideas --round SLUG: the round's listed projects, to be read, kept, or imported elsewhere.

What it writes is read back by import_ideas as the same ideas; docs/import.md says what each format can carry.
"""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opw.communities.models import Community
from opw.rounds.models import Round
from projects.exporting import page_of
from projects.models import Listing
from projects.wiki import WikiPage, as_export, as_markdown, as_wikitext

FORMATS: dict[str, Callable[[WikiPage], str]] = {
    "wikitext": as_wikitext,
    "json": lambda page: json.dumps(as_export(page), indent=2, ensure_ascii=False),
    "markdown": as_markdown,
}


class Command(BaseCommand):
    help = "Writes a round's listed projects, with their peer review, to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--round", metavar="SLUG", required=True, help="as in its address: /rounds/SLUG/")
        parser.add_argument("--community", metavar="SLUG", help="only the projects of this community")
        parser.add_argument("--format", choices=FORMATS, default="wikitext", help="wikitext unless said otherwise")
        parser.add_argument(
            "--with-addresses", action="store_true", help="the mentors' addresses too; keep such a file to yourself"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        listings = Listing.objects.live().filter(participation__round=_named(Round, "round", options["round"]))
        if options["community"]:
            listings = listings.filter(project__community=_named(Community, "community", options["community"]))
        page = page_of(listings, with_addresses=options["with_addresses"])
        self.stdout.write(FORMATS[options["format"]](page))


def _named(model: type[Round] | type[Community], word: str, slug: str) -> Any:
    found = {one.slug: one for one in model._default_manager.order_by("slug")}
    if slug not in found:
        raise CommandError(f"There is no {word} “{slug}”. There are: {', '.join(found) or 'none yet'}.")
    return found[slug]
