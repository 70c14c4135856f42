"""The outbox is the program coordinators'; ending a topic is for whoever has its address."""

import pytest
from django.urls import reverse

from opw.mail.models import Letter
from tests import make
from tests.cast import Cast, Deed, answers_to, table

pytestmark = pytest.mark.django_db

# ok: done. no: refused in words. in: sent to the sign-in page. The letter is the applicant's.
TABLE = table("""
                      | public applicant other mentor other maintainer coordinator other program recused applying
                                         applicant    mentor                       coord.
see the outbox        | in     403       403    403    403    403        403         403   ok      403     403
read a letter         | in     403       403    403    403    403        403         403   ok      403     403
send it again         | in     403       403    403    403    403        403         403   ok      403     403
cancel it             | in     403       403    403    403    403        403         403   ok      403     403
""")


def failed(cast: Cast) -> int:
    return make.letter(cast.people["applicant"], status=Letter.Status.FAILED).pk


DEEDS = {
    "see the outbox": Deed(lambda cast: reverse("mail:outbox")),
    "read a letter": Deed(lambda cast: reverse("mail:letter", args=[failed(cast)])),
    "send it again": Deed(lambda cast: reverse("mail:retry", args=[failed(cast)]), lambda cast: {}),
    "cancel it": Deed(lambda cast: reverse("mail:cancel", args=[failed(cast)]), lambda cast: {}),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_who_may(deed):
    answers = answers_to(DEEDS[deed])

    assert answers == TABLE[deed]


def test_the_table_is_whole():
    assert list(TABLE) == list(DEEDS)


def test_a_letter_that_does_not_exist_is_no_secret_to_who_may_not_read_any(client):
    client.force_login(make.user())

    page = client.get(reverse("mail:letter", args=[999_999]))

    assert page.status_code == 403
