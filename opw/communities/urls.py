from django.urls import path

from opw.communities.views import editing, people, reading

app_name = "communities"
urlpatterns = [
    path("", reading.communities, name="list"),
    path("new/", editing.new, name="new"),
    path("program/", people.program, name="program"),
    path("program/<int:pk>/end/", people.end_program_role, name="end_program_role"),
    path("invitations/<int:pk>/", people.my_invitation, name="my_invitation"),
    path("invitations/<int:pk>/again/", people.send_again, name="send_invitation_again"),
    path("invitations/<int:pk>/revoke/", people.revoke, name="revoke_invitation"),
    path("invitations/<str:token>/", people.invitation, name="invitation"),
    path("<slug:slug>/", reading.community, name="detail"),
    path("<slug:slug>/edit/", editing.edit, name="edit"),
    path("<slug:slug>/people/", people.people, name="people"),
    path("<slug:slug>/coordinators/<int:pk>/end/", people.end_role, {"role": "coordinator"}, name="end_coordinator"),
    path("<slug:slug>/maintainers/<int:pk>/end/", people.end_role, {"role": "maintainer"}, name="end_maintainer"),
]
