from django.urls import path

from mentors.views import deciding, glancing, messaging, ordering, reminding, reviewing, sealing, withdrawing

app_name = "mentors"
urlpatterns = [
    path("mentors/", reviewing.home, name="home"),
    path("mentors/listings/<int:pk>/", reviewing.listing, name="listing"),
    path("mentors/listings/<int:pk>/applicants.csv", reviewing.applicants_csv, name="applicants_csv"),
    path("mentors/listings/<int:pk>/order/", ordering.order, name="order"),
    path("mentors/listings/<int:pk>/order/give/", ordering.give_order, name="give_order"),
    path("mentors/listings/<int:pk>/rest/", deciding.decline_rest, name="decline_rest"),
    path("mentors/listings/<int:listing>/applicants/<int:applicant>/", messaging.thread, name="messages"),
    path("mentors/applications/<int:pk>/", reviewing.application, name="application"),
    path("mentors/applications/<int:pk>/read/", reviewing.read, name="read"),
    path("mentors/applications/<int:pk>/rate/", reviewing.rate, name="rate"),
    path("mentors/applications/<int:pk>/place/", ordering.place, name="place"),
    path("mentors/applications/<int:pk>/comment/", reviewing.comment, name="comment"),
    path("mentors/applications/<int:pk>/propose/", reviewing.propose, name="propose"),
    path("mentors/applications/<int:pk>/wait/", deciding.wait, name="wait"),
    path("mentors/applications/<int:pk>/step-back/", reviewing.recuse, name="recuse"),
    path("mentors/contributions/<int:pk>/mark/", reviewing.mark, name="mark"),
    path("mentors/selections/<int:pk>/confirm/", deciding.confirm, name="confirm"),
    path("mentors/selections/<int:pk>/withdraw/", deciding.withdraw_selection, name="withdraw_selection"),
    path("coordinate/listings/<int:pk>/withdraw/", withdrawing.withdraw_listing, name="withdraw_listing"),
    path("coordinate/participations/<int:pk>/", deciding.selections, name="selections"),
    path("coordinate/rounds/<slug:slug>/glance/", glancing.glance, name="glance"),
    path("coordinate/rounds/<slug:slug>/glance/funnel.csv", glancing.funnel_csv, name="funnel_csv"),
    path("coordinate/rounds/<slug:slug>/reminders/", reminding.reminders, name="reminders"),
    path("coordinate/rounds/<slug:slug>/reminders/<slug:duty>/", reminding.remind, name="remind"),
    path("coordinate/rounds/<slug:slug>/results/", sealing.rehearsal, name="results"),
    path("coordinate/rounds/<slug:slug>/results/seal/", sealing.seal, name="seal"),
    path("coordinate/rounds/<slug:slug>/results/approve/", sealing.approve, name="approve"),
    path("coordinate/rounds/<slug:slug>/results/letters/<int:applicant>/", sealing.letter, name="letter"),
    path(
        "coordinate/rounds/<slug:slug>/results/letters/<int:applicant>/html/", sealing.letter_html, name="letter_html"
    ),
]
