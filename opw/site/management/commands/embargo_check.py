"""manage.py embargo_check ROUND: can anybody tell how a round was decided, before its release?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opw.rounds.models import Round
from opw.site.embargo import differences


class Command(BaseCommand):
    help = "Walks the portal as every kind of reader, and compares what they can tell before the results are released."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="the round's slug, as in its address")
        parser.add_argument("addresses", nargs="*", help="ask these alone; else every address of the portal is asked")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            round = Round.objects.get(slug=options["round"])
            compared, found = differences(round, only=options["addresses"] or None)
        except Round.DoesNotExist:
            raise CommandError(f"There is no round “{options['round']}”.") from None
        except ValueError as error:
            raise CommandError(str(error)) from None
        for difference in found:
            self.stderr.write(str(difference))
        if found:
            raise CommandError(f"{len(found)} of {compared} answers tell something.")
        self.stdout.write(f"{compared} answers compared; nobody can tell anything.")
