"""manage.py import_ideas FILE --community SLUG: project ideas from a wiki page; docs/import.md says how it reads them.

A second import takes over what changed on the page since the first; what was edited in the portal since wins, and is
reported. The file is the text of the page as a browser shows it, or its MediaWiki source.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from opw.communities.models import Community
from projects.actions.importing import import_ideas
from projects.actions.importing.report import as_data, as_text
from projects.wiki import NotAnIdeasPage, WikiPage, read_page


class Command(BaseCommand):
    help = "Writes the project ideas of a wiki page into a community, and says what was found, missing and doubtful."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the page's text, as a browser shows it, or its source")
        parser.add_argument("--community", metavar="SLUG", required=True, help="as in its address: /communities/SLUG/")
        parser.add_argument("--reviewed", action="store_true", help="the page holds ideas that its community reviewed")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--json", action="store_true", help="report as JSON, alone on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        page, community = _page(options["file"]), _community(options["community"])
        with transaction.atomic():
            imported = import_ideas(page, community=community, reviewed=options["reviewed"])
            transaction.set_rollback(options["dry_run"])
        if options["json"]:
            self.stdout.write(json.dumps(as_data(page, imported), indent=2))
            return
        self.stdout.write(as_text(page, imported))
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")


def _page(file: str) -> WikiPage:
    try:
        return read_page(Path(file).read_bytes())
    except OSError as error:
        raise CommandError(f"“{file}” cannot be read: {error.strerror}.") from None
    except NotAnIdeasPage as error:
        raise CommandError(f"Nothing was imported from “{file}”. {error}") from None


def _community(slug: str) -> Community:
    communities = {community.slug: community for community in Community.objects.order_by("slug")}
    if slug not in communities:
        raise CommandError(f"There is no community “{slug}”. There are: {', '.join(communities) or 'none yet'}.")
    return communities[slug]
