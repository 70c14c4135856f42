"""Every address the portal has, with arguments that lead somewhere."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from applications.deadlines import token_of
from applications.models import Application, Contribution, InitialApplication
from opw.rounds.models import Round
from projects.models import StarterTask

# What fills an argument that is of no model of ours: a token, a key, a name of a provider.
ANYTHING = "1"
# The admin site turns away whoever is not staff at one door, before any address of its own is looked at.
ONE_DOOR = ["admin"]
# Every answer holds a new secret for a second factor, made from nothing but chance.
NEVER_TWICE_THE_SAME = ["mfa_activate_totp", "mfa_add_webauthn", "mfa_signup_webauthn", "mfa_reauthenticate_webauthn"]


def addresses_of(round: Round, application: Application) -> list[str]:
    """Every address: those with arguments once for each thing of the round that has to do with this application."""
    candidates = _candidates(round, application)
    found = set()
    for name, arguments in _named(get_resolver(), ""):
        for values in product(*(candidates.get(argument, [ANYTHING]) for argument in arguments)):
            try:
                found.add(reverse(name, kwargs=dict(zip(arguments, values, strict=True))))
            except NoReverseMatch:
                continue  # a value of the wrong kind for this pattern
    return sorted(found)


def _named(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, list[str]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern) and pattern.name and pattern.name not in NEVER_TWICE_THE_SAME:
            yield f"{prefix}{pattern.name}", list(_arguments(pattern))
        elif isinstance(pattern, URLResolver) and pattern.namespace not in ONE_DOOR:
            inside = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _named(pattern, inside)


def _arguments(pattern: URLPattern) -> list[str]:
    regex = getattr(pattern.pattern, "regex", None)
    return list(pattern.pattern.converters or (regex.groupindex if regex else {}))


def _candidates(round: Round, application: Application) -> dict[str, list[Any]]:
    """Values for arguments by their name; numbers are those of the application and of what lies around it."""
    listing = application.listing
    other = Application.objects.of_round(round).exclude(pk=application.pk).first()
    contribution = Contribution.objects.filter(listing=listing, applicant=application.applicant).first()
    task = StarterTask.objects.filter(project=listing.project).first()
    initial = InitialApplication.objects.filter(applicant=application.applicant, round=round).first()
    slot = listing.participation.slots.first()
    around = [application, listing, listing.participation, contribution, other, task, initial, slot]
    numbers = sorted({thing.pk for thing in around if thing})
    return {
        "pk": numbers,
        "listing": numbers,
        "applicant": [one.applicant_id for one in (application, other) if one],
        "round": [round.slug],
        "part": ["description"],
        "kind": ["result_accepted"],
        "community": [listing.community.slug],
        "token": [ANYTHING, token_of(application.applicant)],
        "slug": [round.slug, listing.community.slug, listing.project.slug],
    }
