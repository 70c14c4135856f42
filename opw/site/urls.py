from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap
from django.urls import path

from opw.site.sitemaps import SITEMAPS
from opw.site.views import coordinate, home, letters, planning, status

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("how-it-works/", home.how_it_works, name="how_it_works"),
    path("dashboard/", home.dashboard, name="dashboard"),
    path("coordinate/", coordinate.coordinate, name="coordinate"),
    path("coordinate/rounds/new/", planning.new_round, name="new_round"),
    path("coordinate/rounds/<slug:slug>/", planning.round, name="round"),
    path("coordinate/rounds/<slug:slug>/communities/", planning.participations, name="participations"),
    path("coordinate/participations/<int:pk>/end/", planning.end, name="end_participation"),
    path("coordinate/rounds/<slug:round>/letters/", letters.letter_texts, name="letter_texts"),
    path("coordinate/rounds/<slug:round>/letters/<str:kind>/", letters.letter_text, name="letter_text"),
    path("coordinate/rounds/<slug:round>/letters/<str:kind>/unword/", letters.unword_letter, name="unword_letter"),
    path("robots.txt", status.robots, name="robots"),
    path("sitemap.xml", login_not_required(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("healthz", status.healthz, name="healthz"),
    path("readyz", status.readyz, name="readyz"),
]
