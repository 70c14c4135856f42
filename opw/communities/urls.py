from django.urls import path

from opw.communities import views

app_name = "communities"
urlpatterns = [
    path("", views.communities, name="list"),
    path("<slug:slug>/", views.community, name="detail"),
]
