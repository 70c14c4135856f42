from django.urls import path

from opw.accounts import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("kept/", views.kept, name="kept"),
]
