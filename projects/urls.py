from django.contrib.auth.decorators import login_not_required
from django.urls import path

from projects.feeds import ReviewedProjects
from projects.views import (
    archiving,
    editing,
    finding,
    importing,
    listings,
    mentoring,
    reviewing,
    revisions,
    tasks,
    writing,
)

app_name = "projects"
urlpatterns = [
    path("projects/", finding.projects, name="list"),
    path("projects/ideas/", finding.ideas, name="ideas"),
    path("projects/feed.atom", login_not_required(ReviewedProjects()), name="feed"),
    path("projects/points/<int:pk>/answer/", reviewing.answer_point, name="answer_point"),
    path("projects/points/<int:pk>/resolve/", reviewing.resolve_point, name="resolve_point"),
    path("projects/listings/<int:pk>/newcomers/", listings.close_to_newcomers, name="close_to_newcomers"),
    path("projects/invitations/<int:pk>/", mentoring.my_invitation, name="my_invitation"),
    path("projects/invitations/<int:pk>/again/", mentoring.send_again, name="send_invitation_again"),
    path("projects/invitations/<int:pk>/revoke/", mentoring.revoke, name="revoke_invitation"),
    path("projects/invitations/<str:token>/", mentoring.invitation, name="invitation"),
    path("projects/preview/", editing.preview, name="preview"),
    path("projects/waiting/", reviewing.waiting, name="waiting"),
    path("projects/tasks/<int:pk>/edit/", tasks.edit, name="edit_task"),
    path("projects/tasks/<int:pk>/give-back/", tasks.give_back, name="give_back_task"),
    path("projects/tasks/<int:pk>/release/", tasks.release, name="release_task"),
    path("projects/tasks/<int:pk>/retire/", tasks.retire, name="retire_task"),
    path("projects/<slug:community>/<slug:slug>/", finding.project, name="detail"),
    path("projects/<slug:community>/<slug:slug>/tasks/", tasks.offer, name="offer_task"),
    path("projects/<slug:community>/<slug:slug>/revisions/", revisions.revisions, name="revisions"),
    path("projects/<slug:community>/<slug:slug>/compare/", revisions.compare, name="compare"),
    path("projects/<slug:community>/<slug:slug>/verify/", reviewing.verify, name="verify"),
    path("projects/<slug:community>/<slug:slug>/edit/", editing.edit, name="edit"),
    path("projects/<slug:community>/<slug:slug>/edit/<slug:part>/", editing.edit, name="edit"),
    path("projects/<slug:community>/<slug:slug>/edit/<slug:part>/draft/", editing.keep_draft, name="keep_draft"),
    path(
        "projects/<slug:community>/<slug:slug>/edit/<slug:part>/discard/", editing.discard_draft, name="discard_draft"
    ),
    path("projects/<slug:community>/<slug:slug>/publish/", writing.publish, name="publish"),
    path("projects/<slug:community>/<slug:slug>/withdraw/", writing.withdraw, name="withdraw"),
    path("projects/<slug:community>/<slug:slug>/approve/", reviewing.approve, name="approve"),
    path("projects/<slug:community>/<slug:slug>/point/", reviewing.open_point, name="open_point"),
    path("projects/<slug:community>/<slug:slug>/mentor/", mentoring.offer_to_mentor, name="offer_to_mentor"),
    path("projects/<slug:community>/<slug:slug>/mentors/", mentoring.mentors, name="mentors"),
    path("projects/<slug:community>/<slug:slug>/step-back/", mentoring.step_back, name="step_back"),
    path("projects/<slug:community>/<slug:slug>/mentors/<int:pk>/claim/", mentoring.claim, name="claim_mentorship"),
    path(
        "projects/<slug:community>/<slug:slug>/mentors/<int:pk>/confirm/",
        mentoring.confirm_mentor,
        name="confirm_mentor",
    ),
    path("projects/<slug:community>/<slug:slug>/archive/", archiving.archive, name="archive"),
    path("projects/<slug:community>/<slug:slug>/take-out/", archiving.take_out, name="take_out"),
    path("projects/<slug:community>/<slug:slug>/copy/", archiving.copy, name="copy"),
    path(
        "projects/<slug:community>/<slug:slug>/mentors/<int:pk>/end/", mentoring.end_mentorship, name="end_mentorship"
    ),
    path("projects/<slug:community>/<slug:slug>/mentors/<int:pk>/invite/", mentoring.invite_named, name="invite_named"),
    path("projects/<slug:community>/<slug:slug>/list/", listings.list_in_round, name="list_in_round"),
    path("coordinate/participations/<int:pk>/projects/", listings.offer, name="offer"),
    path("projects/<slug:community>/wiki/<str:anchor>/", finding.on_the_wiki, name="on_the_wiki"),
    path("communities/<slug:slug>/propose/", writing.propose, name="propose"),
    path("communities/<slug:slug>/import/", importing.bring, name="import"),
    path("communities/<slug:slug>/import/choose/", importing.choose, name="import_choose"),
    path("communities/<slug:slug>/import/chosen/", importing.import_chosen, name="import_chosen"),
    path("communities/<slug:slug>/import/give-up/", importing.give_up, name="import_give_up"),
    path("rounds/<slug:slug>/interns/", finding.interns, name="interns"),
]
