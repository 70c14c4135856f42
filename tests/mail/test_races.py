"""Several workers at one outbox."""

from collections import Counter

import pytest

from opw.mail import delivery
from opw.mail.models import Letter
from tests import make
from tests.together import together


@pytest.mark.django_db(transaction=True)
def test_four_workers_send_each_letter_once(server):
    letters = [make.letter() for _ in range(20)]

    sent = together(*[delivery.deliver_due_letters] * 4)

    assert Counter(server.tried) == Counter(letter.message_id for letter in letters)
    assert sum(sent) == 20
    assert Letter.objects.filter(status=Letter.Status.SENT).count() == 20
