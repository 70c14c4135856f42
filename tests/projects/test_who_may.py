"""Who may do what with ideas, their review and their listings: section 4 of the design, cell by cell."""

from typing import Any

import pytest
from django.urls import reverse

from projects.actions.importing import bring_page
from projects.models import Project
from tests import make
from tests.cast import Cast, Deed, answers_to, table

pytestmark = pytest.mark.django_db

# ok: done. no: refused in words. in: sent to the sign-in page.
TABLE = table("""
                      | public applicant other mentor other maintainer coordinator other program recused applying
                                         applicant    mentor                       coord.
see the list          | ok     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see unreviewed ideas  | ok     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see a project         | ok     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see an idea           | ok     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see a draft           | 404    ok        404    404    404    404        404         404   404     404     404
propose an idea       | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
open the edit page    | in     ok        403    ok     403    403        ok          403   ok      ok      ok
edit an idea          | in     ok        403    ok     403    403        ok          403   ok      ok      ok
edit a project        | in     403       403    ok     403    403        ok          403   ok      ok      ok
edit a draft          | in     ok        404    404    404    404        404         404   404     404     404
keep a draft of it    | in     ok        403    ok     403    403        ok          403   ok      ok      ok
keep one of a project | in     403       403    ok     403    403        ok          403   ok      ok      ok
discard one           | in     ok        403    ok     403    403        ok          403   ok      ok      ok
preview Markdown      | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
publish a draft       | in     ok        404    404    404    404        404         404   404     404     404
withdraw a proposal   | in     ok        403    403    403    403        403         403   403     403     403
open a point          | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
open one on a draft   | in     403       404    404    404    404        404         404   404     404     404
answer a point        | in     ok        ok     ok     403    403        ok          403   ok      ok      ok
resolve one           | in     403       ok     403    403    403        ok          403   ok      403     403
approve an idea       | in     403       403    403    403    ok         ok          403   403     403     403
offer to mentor       | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
confirm a mentor      | in     403       403    403    403    403        ok          403   ok      403     403
archive a project     | in     403       403    403    403    403        ok          403   ok      403     403
take one out          | in     403       403    403    403    403        ok          403   ok      403     403
open the copy page    | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
copy an idea          | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
copy a draft          | in     ok        404    404    404    404        404         404   404     404     404
see who mentors       | in     403       403    ok     403    403        ok          403   ok      ok      ok
invite a mentor       | in     403       403    ok     403    403        ok          403   ok      ok      ok
invite once more      | in     403       403    ok     403    403        ok          403   ok      ok      ok
take it back          | in     403       403    ok     403    403        ok          403   ok      ok      ok
invite who is named   | in     403       403    403    403    403        ok          403   ok      403     403
end a mentorship      | in     403       403    403    403    403        ok          403   ok      403     403
claim another's name  | in     403       403    403    403    403        403         403   403     403     403
step back             | in     404       404    ok     404    404        404         404   404     ok      ok
list a project        | in     403       403    403    403    403        ok          403   ok      403     403
open the offer page   | in     403       403    403    403    403        ok          403   ok      403     403
carry a project over  | in     403       403    403    403    403        ok          403   ok      403     403
open the import page  | in     403       403    403    403    403        ok          403   ok      403     403
bring a page          | in     403       403    403    403    403        ok          403   ok      403     403
see what it holds     | in     403       403    403    403    403        ok          403   ok      403     403
import of it          | in     403       403    403    403    403        ok          403   ok      403     403
give it up            | in     403       403    403    403    403        ok          403   ok      403     403
verify a project      | in     403       403    ok     403    403        ok          403   ok      ok      ok
close to newcomers    | in     403       403    ok     403    403        ok          403   ok      ok      ok
offer a task          | in     403       403    ok     403    403        ok          403   ok      ok      ok
edit a task           | in     403       403    ok     403    403        ok          403   ok      ok      ok
retire a task         | in     403       403    ok     403    403        ok          403   ok      ok      ok
release a task        | in     403       403    ok     403    403        ok          403   ok      ok      ok
claim a task          | in     ok        ok     no     ok     ok         ok          ok    ok      no      no
claim one of a draft  | in     no        404    404    404    404        404         404   404     404     404
give back one's task  | in     ok        no     no     no     no         no          no    no      no      no
""")


TASK = {"title": "Mend a test", "link": "https://bugs.example.org/7", "size": "day"}


def of(project: Project, name: str, *more: object) -> str:
    return reverse(f"projects:{name}", args=[project.community.slug, project.slug, *more])


def edited(project: Project) -> dict[str, Any]:
    return make.form_of(project, "steps", steps="1. Start again")


def point_on(cast: Cast) -> int:
    """A point by the other applicant."""
    return make.point(cast.idea, author=cast.people["other applicant"]).pk


def offer_to(cast: Cast) -> int:
    return make.mentorship(cast.idea, make.user(), confirmed=False).pk


def invited_to(cast: Cast) -> int:
    """An open invitation to mentor the idea."""
    return make.mentor_invitation(cast.idea).pk


def named_in(cast: Cast) -> int:
    """A mentor of the idea whom a wiki page named."""
    return cast.idea.mentorships.create(name="Ada of the wiki", email="ada@example.org").pk


def free_task(cast: Cast) -> int:
    return make.task(cast.project).pk


def held_task(cast: Cast) -> int:
    """A task that the applicant holds."""
    return make.task(cast.project, held_by=cast.people["applicant"]).pk


def unlisted(cast: Cast, **fields: Any) -> Project:
    return make.project(cast.participation.community, **fields)


def import_of(cast: Cast, name: str) -> str:
    """An import into the community, to which everybody who has an account brought a page."""
    community = cast.participation.community
    for person in filter(None, cast.people.values()):
        bring_page(community=community, by=person, content="{{project|Project=Tea}}", reviewed=False)
    return reverse(f"projects:{name}", args=[community.slug])


def copied(project: Project) -> dict[str, Any]:
    return {"community": project.community.pk, "title": "Another one"}


DEEDS = {
    "see the list": Deed(lambda cast: reverse("projects:list")),
    "see unreviewed ideas": Deed(lambda cast: reverse("projects:ideas")),
    "see a project": Deed(lambda cast: cast.project.get_absolute_url()),
    "see an idea": Deed(lambda cast: cast.idea.get_absolute_url()),
    "see a draft": Deed(lambda cast: cast.draft.get_absolute_url()),
    "propose an idea": Deed(
        lambda cast: reverse("projects:propose", args=[cast.idea.community.slug]), lambda cast: {"title": "Boot faster"}
    ),
    "open the edit page": Deed(lambda cast: of(cast.idea, "edit")),
    "edit an idea": Deed(lambda cast: of(cast.idea, "edit", "steps"), lambda cast: edited(cast.idea)),
    "edit a project": Deed(lambda cast: of(cast.project, "edit", "steps"), lambda cast: edited(cast.project)),
    "edit a draft": Deed(lambda cast: of(cast.draft, "edit", "steps"), lambda cast: edited(cast.draft)),
    "keep a draft of it": Deed(lambda cast: of(cast.idea, "keep_draft", "steps"), lambda cast: edited(cast.idea)),
    "keep one of a project": Deed(
        lambda cast: of(cast.project, "keep_draft", "steps"), lambda cast: edited(cast.project)
    ),
    "discard one": Deed(lambda cast: of(cast.idea, "discard_draft", "steps"), lambda cast: edited(cast.idea)),
    "preview Markdown": Deed(lambda cast: reverse("projects:preview"), lambda cast: {"text": "*a*"}),
    "publish a draft": Deed(lambda cast: of(cast.draft, "publish"), lambda cast: {}),
    "withdraw a proposal": Deed(lambda cast: of(cast.idea, "withdraw"), lambda cast: {}),
    "open a point": Deed(lambda cast: of(cast.idea, "open_point"), lambda cast: {"body": "Which driver?"}),
    "open one on a draft": Deed(lambda cast: of(cast.draft, "open_point"), lambda cast: {"body": "Which driver?"}),
    "answer a point": Deed(
        lambda cast: reverse("projects:answer_point", args=[point_on(cast)]), lambda cast: {"body": "That one."}
    ),
    "resolve one": Deed(
        lambda cast: reverse("projects:resolve_point", args=[point_on(cast)]), lambda cast: {"because": "It is clear."}
    ),
    "approve an idea": Deed(lambda cast: of(cast.idea, "approve"), lambda cast: {"seen_revision": 1}),
    "offer to mentor": Deed(lambda cast: of(cast.idea, "offer_to_mentor"), lambda cast: {}),
    "confirm a mentor": Deed(lambda cast: of(cast.idea, "confirm_mentor", offer_to(cast)), lambda cast: {}),
    "archive a project": Deed(lambda cast: of(unlisted(cast), "archive"), lambda cast: {}),
    "take one out": Deed(lambda cast: of(unlisted(cast, state=Project.State.ARCHIVED), "take_out"), lambda cast: {}),
    "open the copy page": Deed(lambda cast: of(cast.idea, "copy")),
    "copy an idea": Deed(lambda cast: of(cast.idea, "copy"), lambda cast: copied(cast.idea)),
    "copy a draft": Deed(lambda cast: of(cast.draft, "copy"), lambda cast: copied(cast.draft)),
    "see who mentors": Deed(lambda cast: of(cast.idea, "mentors")),
    "invite a mentor": Deed(lambda cast: of(cast.idea, "mentors"), lambda cast: {"email": "ada@example.org"}),
    "invite once more": Deed(
        lambda cast: reverse("projects:send_invitation_again", args=[invited_to(cast)]), lambda cast: {}
    ),
    "take it back": Deed(lambda cast: reverse("projects:revoke_invitation", args=[invited_to(cast)]), lambda cast: {}),
    "invite who is named": Deed(lambda cast: of(cast.idea, "invite_named", named_in(cast)), lambda cast: {}),
    "end a mentorship": Deed(
        lambda cast: of(cast.idea, "end_mentorship", offer_to(cast)), lambda cast: {"because": "We have enough."}
    ),
    "claim another's name": Deed(lambda cast: of(cast.idea, "claim_mentorship", named_in(cast)), lambda cast: {}),
    "step back": Deed(lambda cast: of(cast.idea, "step_back"), lambda cast: {}),
    "list a project": Deed(lambda cast: of(unlisted(cast), "list_in_round"), lambda cast: {"interns_wanted": 1}),
    "open the offer page": Deed(lambda cast: reverse("projects:offer", args=[cast.participation.pk])),
    "carry a project over": Deed(
        lambda cast: reverse("projects:offer", args=[cast.participation.pk]),
        lambda cast: {"projects": unlisted(cast).pk},
    ),
    "open the import page": Deed(lambda cast: import_of(cast, "import")),
    "bring a page": Deed(lambda cast: import_of(cast, "import"), lambda cast: {"text": "{{project|Project=Tea}}"}),
    "see what it holds": Deed(lambda cast: import_of(cast, "import_choose")),
    "import of it": Deed(lambda cast: import_of(cast, "import_chosen"), lambda cast: {"places": ["0"]}),
    "give it up": Deed(lambda cast: import_of(cast, "import_give_up"), lambda cast: {}),
    "verify a project": Deed(lambda cast: of(cast.project, "verify"), lambda cast: {}),
    "close to newcomers": Deed(
        lambda cast: reverse("projects:close_to_newcomers", args=[cast.listing.pk]), lambda cast: {"closed": "yes"}
    ),
    "offer a task": Deed(lambda cast: of(cast.project, "offer_task"), lambda cast: TASK),
    "edit a task": Deed(lambda cast: reverse("projects:edit_task", args=[free_task(cast)]), lambda cast: TASK),
    "retire a task": Deed(
        lambda cast: reverse("projects:retire_task", args=[free_task(cast)]), lambda cast: {"retired": "yes"}
    ),
    "release a task": Deed(lambda cast: reverse("projects:release_task", args=[held_task(cast)]), lambda cast: {}),
    "claim a task": Deed(lambda cast: reverse("applications:claim_task", args=[free_task(cast)]), lambda cast: {}),
    "claim one of a draft": Deed(
        lambda cast: reverse("applications:claim_task", args=[make.task(cast.draft).pk]), lambda cast: {}
    ),
    "give back one's task": Deed(
        lambda cast: reverse("projects:give_back_task", args=[held_task(cast)]), lambda cast: {}
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_who_may(deed):
    assert answers_to(DEEDS[deed]) == TABLE[deed]


def test_the_table_is_whole():
    assert list(TABLE) == list(DEEDS)


@pytest.mark.parametrize("role", ["maintainer", "coordinator"])
@pytest.mark.parametrize("confirmed", [True, False])
def test_nobody_approves_an_idea_that_she_mentors(client, role, confirmed):
    project = make.idea()
    person = {"maintainer": project.community.maintainers.get(), "coordinator": make.coordinator_of(project)}[role]
    make.mentorship(project, person, confirmed=confirmed)
    client.force_login(person)

    page = client.post(of(project, "approve"), {"seen_revision": 1})

    assert page.status_code == 403
    assert not project.approvals.exists()


@pytest.mark.parametrize("role", ["maintainer", "coordinator"])
def test_nobody_approves_her_own_proposal(client, role):
    project = make.idea()
    person = {"maintainer": project.community.maintainers.get(), "coordinator": make.coordinator_of(project)}[role]
    Project.objects.filter(pk=project.pk).update(proposed_by=person)
    client.force_login(person)

    page = client.post(of(project, "approve"), {"seen_revision": 1})

    assert page.status_code == 403
    assert not project.approvals.exists()


@pytest.mark.parametrize("state", [Project.State.REVIEWED, Project.State.ARCHIVED, Project.State.WITHDRAWN])
def test_a_proposer_does_not_edit_what_is_no_longer_being_written(client, state):
    project = make.project(state=state)
    client.force_login(make.proposer_of(project))

    page = client.post(of(project, "edit", "steps"), edited(project))

    assert page.status_code == 403


def test_a_mentorship_of_another_project_is_not_confirmed_through_this_one(client):
    project, other = make.idea(), make.idea()
    offer = make.mentorship(other, make.user(), confirmed=False)
    client.force_login(make.coordinator_of(project))

    page = client.post(of(project, "confirm_mentor", offer.pk))

    offer.refresh_from_db()
    assert page.status_code == 404
    assert offer.confirmed_at is None
