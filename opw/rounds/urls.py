from django.contrib.auth.decorators import login_not_required
from django.urls import path

from opw.rounds import views
from opw.rounds.feeds import NewsOfRounds

app_name = "rounds"
urlpatterns = [
    path("", views.rounds, name="list"),
    path("feed.atom", login_not_required(NewsOfRounds()), name="feed"),
    path("<slug:slug>/", views.round, name="detail"),
    path("<slug:slug>/calendar.ics", views.calendar, name="calendar"),
]
