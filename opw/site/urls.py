from django.urls import path

from opw.site import views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("how-it-works/", views.how_it_works, name="how_it_works"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("coordinate/", views.coordinate, name="coordinate"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
