"""Addresses of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("ropewalk.site.see.scorecard.urls")),
    path("api/v1/", include("ropewalk.site.see.api.urls")),
    path("returns/", include("ropewalk.site.see.sharing.urls")),
    path("live/", include("ropewalk.site.see.live.urls")),
    path("partnerships/", include("ropewalk.site.agree.partnership.urls")),
    path("accounts/", include("ropewalk.site.foundation.accounts.urls")),
    path("accounts/", include("ropewalk.site.foundation.accounts.sign_in_urls")),
    path("people/", include("ropewalk.site.foundation.permissions.urls")),
    path("organisations/", include("ropewalk.site.foundation.organisations.urls")),
    path("", include("ropewalk.site.foundation.urls")),
]
