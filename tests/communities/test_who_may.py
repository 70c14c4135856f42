"""Who may do what with a community and its people, cell by cell."""

import pytest
from django.urls import reverse

from opw.accounts.models import User
from opw.communities.models import Community, Role
from tests import make
from tests.cast import Cast, Deed, answers_to, table
from tests.communities.test_editing import form

pytestmark = pytest.mark.django_db

# ok: done. no: refused in words. in: sent to the sign-in page.
TABLE = table("""
                      | public applicant other mentor other maintainer coordinator other program recused applying
                                         applicant    mentor                       coord.
let a community in    | in     403       403    403    403    403        403         403   ok      403     403
edit a community      | in     403       403    403    403    403        ok          403   ok      403     403
see its people        | in     403       403    403    403    403        ok          403   ok      403     403
invite a maintainer   | in     403       403    403    403    403        ok          403   no      403     403
invite a coordinator  | in     403       403    403    403    403        ok          403   ok      403     403
invite once more      | in     403       403    403    403    403        ok          403   ok      403     403
take it back          | in     403       403    403    403    403        ok          403   ok      403     403
end a maintainer      | in     403       403    403    403    403        ok          403   ok      403     403
end a coordinator     | in     403       403    403    403    403        ok          403   ok      403     403
see the program's     | in     403       403    403    403    403        403         403   ok      403     403
invite to the program | in     403       403    403    403    403        403         403   ok      403     403
end one of it         | in     403       403    403    403    403        403         403   ok      403     403
""")


def community_of(cast: Cast) -> Community:
    return cast.participation.community


def people_of(cast: Cast) -> str:
    return reverse("communities:people", args=[community_of(cast).slug])


def invited(cast: Cast) -> int:
    return make.role_invitation(community_of(cast)).pk


def another(cast: Cast, role: str) -> User:
    """One more person with this role."""
    person = make.user()
    community_of(cast).people(Role(role)).add(person)
    return person


def ending(cast: Cast, role: str) -> str:
    return reverse(f"communities:end_{role}", args=[community_of(cast).slug, another(cast, role).pk])


DEEDS = {
    "let a community in": Deed(
        lambda cast: reverse("communities:new"), lambda cast: {"name": "Maps", "summary": "Maps."}
    ),
    "edit a community": Deed(
        lambda cast: reverse("communities:edit", args=[community_of(cast).slug]), lambda cast: form()
    ),
    "see its people": Deed(people_of),
    "invite a maintainer": Deed(people_of, lambda cast: {"role": "maintainer", "email": "ada@example.org"}),
    "invite a coordinator": Deed(people_of, lambda cast: {"role": "coordinator", "email": "ada@example.org"}),
    "invite once more": Deed(
        lambda cast: reverse("communities:send_invitation_again", args=[invited(cast)]),
        lambda cast: {},
    ),
    "take it back": Deed(
        lambda cast: reverse("communities:revoke_invitation", args=[invited(cast)]),
        lambda cast: {},
    ),
    "end a maintainer": Deed(lambda cast: ending(cast, "maintainer"), lambda cast: {}),
    "end a coordinator": Deed(lambda cast: ending(cast, "coordinator"), lambda cast: {}),
    "see the program's": Deed(lambda cast: reverse("communities:program")),
    "invite to the program": Deed(
        lambda cast: reverse("communities:program"), lambda cast: {"email": "ada@example.org"}
    ),
    "end one of it": Deed(
        lambda cast: reverse("communities:end_program_role", args=[make.program_coordinator().pk]), lambda cast: {}
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_who_may(deed):
    assert answers_to(DEEDS[deed]) == TABLE[deed]


def test_the_table_is_whole():
    assert list(TABLE) == list(DEEDS)
