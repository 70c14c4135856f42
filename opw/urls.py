"""Every address of the portal; section 5 of the design lists the public ones."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("opw.site.urls")),
    path("", include("projects.urls")),
    path("rounds/", include("opw.rounds.urls")),
    path("communities/", include("opw.communities.urls")),
    path("apply/", include("applications.urls")),
    path("coordinate/", include("applications.coordinate_urls")),
    path("", include("mentors.urls")),
    path("letters/", include("opw.mail.urls")),
    path("accounts/", include("opw.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
