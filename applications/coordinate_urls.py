"""What coordinators do with applicants; the rest of /coordinate/ stands on the roof."""

from django.urls import path

from applications.views import asking, eligibility, extending, planning

app_name = "coordinate"
urlpatterns = [
    path("rounds/<slug:round>/schedule/", planning.schedule, name="schedule"),
    path("rounds/<slug:round>/eligibility/", eligibility.in_doubt, name="in_doubt"),
    path("eligibility/<int:pk>/", eligibility.decide, name="decide_eligibility"),
    path("rounds/<slug:round>/questions/<slug:form>/", asking.questions, name="questions"),
    path("rounds/<slug:round>/questions/<slug:form>/new/", asking.add, name="add_question"),
    path("questions/<int:pk>/", asking.edit, name="edit_question"),
    path("questions/<int:pk>/remove/", asking.remove, name="remove_question"),
    path("questions/<int:pk>/move/", asking.move, name="move_question"),
    path("rounds/<slug:round>/extensions/", extending.extensions, name="extensions"),
    path("extensions/<int:pk>/revoke/", extending.revoke, name="revoke_extension"),
]
