"""Who may read and steer the outbox. Users are known here by their flag alone: accounts stand a floor above."""

from typing import Protocol

from django.conf import settings

from opw.mail.models import Letter


class Person(Protocol):
    is_staff: bool


def may_see_outbox(person: Person) -> bool:
    """Program coordinators."""
    return person.is_staff


def may_read(person: Person, letter: Letter) -> bool:
    """Program coordinators, except where the letter's link would sign them in as somebody else.

    Where no mail is sent at all (the try-out), the outbox is the only place where such a letter can be read.
    """
    return may_see_outbox(person) and (not letter.is_secret or not settings.MAILS_LETTERS)
