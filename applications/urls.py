from django.urls import path

from applications.views import (
    another_project,
    answering,
    claiming,
    contributing,
    deadlines,
    home,
    initial,
    messaging,
    writing,
)

app_name = "applications"
urlpatterns = [
    path("", home.home, name="home"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("deadlines/renew/", deadlines.renew, name="renew_calendar"),
    path("calendar.ics", deadlines.download, name="calendar"),
    path("calendar/<str:token>/opw.ics", deadlines.feed, name="calendar_feed"),
    path("rounds/<slug:round>/", initial.overview, name="initial"),
    path("rounds/<slug:round>/<int:step>/", initial.step, name="initial_step"),
    path("rounds/<slug:round>/<int:step>/autosave/", initial.autosave, name="autosave_step"),
    path("listings/<int:listing>/", writing.write, name="write"),
    path("listings/<int:listing>/autosave/", writing.autosave, name="autosave"),
    path("listings/<int:listing>/messages/", messaging.thread, name="messages"),
    path("listings/<int:listing>/messages/elsewhere/", messaging.contact_elsewhere, name="contact_elsewhere"),
    path("listings/<int:listing>/contribute/", contributing.contribute, name="contribute"),
    path("contributions/<int:pk>/delete/", contributing.delete_contribution, name="delete_contribution"),
    path("contributions/<int:pk>/another-project/", another_project.move_contribution, name="move_contribution"),
    path("tasks/<int:pk>/claim/", claiming.claim, name="claim_task"),
    path("applications/<int:pk>/", home.application, name="application"),
    path("applications/<int:pk>/move/", home.move, name="move"),
    path("applications/<int:pk>/another-project/", another_project.move_to_another, name="move_to_another"),
    path("applications/<int:pk>/confirm/", answering.confirm, name="confirm"),
    path("applications/<int:pk>/decline/", answering.decline, name="decline"),
    path("applications/<int:pk>/withdraw/", home.withdraw, name="withdraw"),
]
