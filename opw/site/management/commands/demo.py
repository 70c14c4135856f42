"""manage.py demo: a round to try the portal with, in the phase that one wants to see.

Round 7 of 2013, moved to today, with the Xen Project and two invented communities; and Round 6, which is over. It
REPLACES ALL that the database holds, because audit events can never be deleted singly. It refuses where somebody has
an account whose address is not of example.org.

Everybody's password is "demo":
  coordinator@example.org    program coordinator; may use /admin/ too
  xen@example.org            coordinates Xen and is its maintainer
  mentor1@example.org        mentors the projects that most people apply to, and has an idea in draft
  mentor2@example.org        mentors three projects; in the open phase a contribution waits for a look
  mentor3 to mentor7         Xen's other mentors; mentor4 is a maintainer too
  fernway, quillstone        coordinate the other two communities; fernway.mentor, quillstone.mentor mentor there
  intern1 to intern3         interns of Round 6
  applicant1@example.org     has done nothing yet
  applicant2@example.org     has a draft, and never submits it
  applicant3@example.org     submitted, without any contribution: is not considered
  applicant4@example.org     submitted, with a contribution that counts; is not accepted, as in Round 6
  applicant5@example.org     withdrew
  applicant6@example.org     applies to two projects; accepted by one of them
  applicant7@example.org     applies to two projects and is selected by both: a conflict, settled before the results
  applicant8@example.org     gets Xen's one slot, and is accepted
  applicant9@example.org     has a contribution that no mentor has looked at until selection; goes on the waiting list

In the selection phase the conflict, a proposal to confirm and two projects with undecided
applications are left to do. The letters that the story wrote lie in the outbox as sent on their day; none is mailed.
"""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter
from django.utils import timezone

from opw.errors import Refused
from opw.rounds.models import Phase, Round
from opw.site.demo.building import build
from opw.site.demo.report import lines


class _AsWritten(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    """Keeps the lines of the help."""


class Command(BaseCommand):
    help = __doc__

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, formatter_class=_AsWritten, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--phase", choices=Phase.values, default=Phase.OPEN, help="where the round stands today (open)"
        )
        parser.add_argument("--once", action="store_true", help="do nothing when there is a round already")
        parser.add_argument(
            "--even-without-debug", action="store_true", help="also where DEBUG is off, as on a site for real people"
        )
        parser.add_argument(
            "--discard-everything", action="store_true", help="also where people who are not of the demo have accounts"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["even_without_debug"]:
            raise CommandError("DEBUG is off, as on a site for real people; give --even-without-debug if this is none.")
        if options["once"] and Round.objects.exists():
            self.stdout.write("There is a round already; the demo was left as it is.")
            return
        now = timezone.now()
        try:
            round = build(Phase(options["phase"]), now=now, discard_everything=options["discard_everything"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("\n".join(lines(round, now)))
