"""Every address the portal has, with arguments that lead somewhere."""

from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from applications.deadlines import token_of
from applications.models import Application, Contribution, InitialApplication, Question
from opw.mail.models import Letter
from opw.rounds.models import Extension, Round
from opw.site.embargo.worlds import DECISION
from projects.models import StarterTask

# What fills an argument that is of no model of ours: a token, a key, a name of a provider.
ANYTHING = "1"
# Every answer holds a new secret for a second factor, made from nothing but chance; or it says how the machine is, and
# waits for a broker that is away.
NEVER_TWICE_THE_SAME = [
    "readyz",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_signup_webauthn",
    "mfa_reauthenticate_webauthn",
]
# The admin site turns away whoever is not staff at one door, before any address of its own is looked at: its doors are
# asked, and not each of its rooms.
DOORS = ["index", "login", "mentors_selection_changelist", "mentors_seal_changelist"]

Values = dict[str, list[Any]]


def addresses_of(round: Round, application: Application) -> list[str]:
    """Every address: those with arguments once for each thing of the round that has to do with this application."""
    found = set(_searches(round, application))
    by_word, by_name = _by_word(round, application), _by_name(round, application)
    for name, route, arguments in _named(get_resolver(), "", ""):
        values = [_values(route, argument, by_word, by_name) for argument in arguments]
        for combination in product(*values):
            try:
                found.add(reverse(name, kwargs=dict(zip(arguments, combination, strict=True))))
            except NoReverseMatch:
                continue  # a value of the wrong kind for this pattern
    return sorted(found)


def _named(resolver: URLResolver, namespace: str, route: str) -> Iterator[tuple[str, str, list[str]]]:
    """Each named pattern: its name, its whole route, and its arguments."""
    for pattern in resolver.url_patterns:
        whole = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _named(pattern, inside, whole)
        elif pattern.name and _is_asked(pattern.name, namespace):
            yield f"{namespace}{pattern.name}", whole, _arguments(pattern)


def _is_asked(name: str, namespace: str) -> bool:
    return name in DOORS if namespace == "admin:" else name not in NEVER_TWICE_THE_SAME


def _arguments(pattern: URLPattern) -> list[str]:
    regex = getattr(pattern.pattern, "regex", None)
    return list(pattern.pattern.converters or (regex.groupindex if regex else {}))


def _values(route: str, argument: str, by_word: Values, by_name: Values) -> list[Any]:
    """What an argument is filled with: the word before it in the address says what it is of, or else its name."""
    before = route.partition(f":{argument}>")[0].rpartition("/<")[0]
    return by_word.get(before.rpartition("/")[2], by_name.get(argument, [ANYTHING]))


def _by_word(round: Round, application: Application) -> Values:
    listing, applicant, community = application.listing, application.applicant, application.community
    applications = [one for one in (application, _another(round, application)) if one]
    contribution = Contribution.objects.filter(listing=listing, applicant=applicant).first()
    initial = InitialApplication.objects.filter(applicant=applicant, round=round).first()
    return {
        "rounds": [round.slug],
        "communities": [community.slug],
        "projects": [community.slug],
        "<slug:community>": [listing.project.slug],
        "participations": [listing.participation_id],
        "listings": [one.listing_id for one in applications],
        "applications": [one.pk for one in applications],
        "applicants": [one.applicant_id for one in applications],
        "contributions": _number_of(contribution),
        "eligibility": _number_of(initial),
        "conflicts": _number_of(initial),
        "selections": [DECISION],
        "waiting": [DECISION],
        "slots": _number_of(listing.participation.slots.first()),
        "tasks": _number_of(StarterTask.objects.filter(project=listing.project).first()),
        "points": _number_of(listing.project.points.first()),
        "mentors": _number_of(listing.project.mentorships.first()),
        "coordinators": _number_of(community.coordinators.first()),
        "maintainers": _number_of(community.maintainers.first()),
        "questions": _number_of(Question.objects.filter(round=round).first()),
        "extensions": _number_of(Extension.objects.filter(round=round).first()),
        "letters": _number_of(Letter.objects.filter(recipient=applicant).first()),
    }


def _number_of(thing: Model | None) -> list[Any]:
    return [thing.pk if thing else DECISION]


def _by_name(round: Round, application: Application) -> Values:
    """Numbers of what no word tells are those of a decision about the application, of itself and of its listing."""
    listing = application.listing
    return {
        "pk": sorted({DECISION, application.pk, listing.pk}),
        "applicant": [application.applicant_id],
        "listing": [listing.pk],
        "round": [round.slug],
        "community": [listing.community.slug],
        "slug": [round.slug, listing.project.slug],
        "part": ["description"],
        "form": ["initial"],
        "kind": ["result_accepted"],
        "token": [ANYTHING, token_of(application.applicant)],
    }


def _another(round: Round, application: Application) -> Application | None:
    """Somebody else's application, the nearest by."""
    others = Application.objects.of_round(round).exclude(applicant=application.applicant)
    return others.filter(listing=application.listing).first() or others.first()


def _searches(round: Round, application: Application) -> Iterator[str]:
    """Lists as they are asked for by words, by filters and by page."""
    listing, words = application.listing, application.listing.project.title
    for asked in ({"q": words}, {"q": application.applicant.name}, {"page": 2}, {"community": listing.community.slug}):
        yield f"{reverse('projects:list')}?{urlencode(asked)}"
        yield f"{reverse('projects:ideas')}?{urlencode(asked)}"
    for order in ("name", "-name"):
        yield f"{reverse('mentors:listing', args=[listing.pk])}?{urlencode({'sort': order})}"
    yield f"{reverse('mentors:results', args=[round.slug])}?{urlencode({'q': application.applicant.name})}"
