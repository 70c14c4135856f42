"""What coordinators do with applicants; the rest of /coordinate/ stands on the roof."""

from django.urls import path

from applications.views import eligibility, extending

app_name = "coordinate"
urlpatterns = [
    path("rounds/<slug:round>/eligibility/", eligibility.in_doubt, name="in_doubt"),
    path("eligibility/<int:pk>/", eligibility.decide, name="decide_eligibility"),
    path("rounds/<slug:round>/extensions/", extending.extensions, name="extensions"),
    path("extensions/<int:pk>/revoke/", extending.revoke, name="revoke_extension"),
]
