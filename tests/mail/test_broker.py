"""The broker only wakes the worker: without one, nobody waits and nothing is lost."""

import time

import pytest
from django.db import transaction

from opw.mail import actions
from opw.mail.models import Letter
from tests import make


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_holds_up_no_request():
    letter = make.letter()
    Letter.objects.all().delete()
    actions.wake_worker()  # the first imports the transport

    begun = time.monotonic()
    with transaction.atomic():
        actions.post([letter])
    took = time.monotonic() - begun

    assert Letter.objects.get().status == Letter.Status.QUEUED
    assert took < 5  # seconds; waiting for a broker takes longer, on any machine
