from django.urls import path

from opw.rounds import views

app_name = "rounds"
urlpatterns = [
    path("", views.rounds, name="list"),
    path("<slug:slug>/", views.round, name="detail"),
    path("<slug:slug>/calendar.ics", views.calendar, name="calendar"),
]
