"""Addresses of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("ropewalk.site.see.scorecard.urls")),
    path("api/v1/", include("ropewalk.site.see.api.urls")),
    path("returns/", include("ropewalk.site.see.sharing.urls")),
    path("explore/", include("ropewalk.site.see.exploring.urls")),
    path("live/", include("ropewalk.site.see.live.urls")),
    path("editions/", include("ropewalk.site.see.editions.urls")),
    path("editions/", include("ropewalk.site.see.editions.released_urls")),
    path("partnerships/", include("ropewalk.site.agree.partnership.urls")),
    path("workstreams/", include("ropewalk.site.agree.workstreams.urls")),
    path("plans/", include("ropewalk.site.agree.plan.urls")),
    path("board-reports/", include("ropewalk.site.agree.board_report.urls")),
    path("accounts/", include("ropewalk.site.foundation.accounts.urls")),
    path("accounts/", include("ropewalk.site.foundation.accounts.sign_in_urls")),
    path("people/", include("ropewalk.site.foundation.permissions.urls")),
    path("people/", include("ropewalk.site.foundation.erasing.urls")),
    path("terms/", include("ropewalk.site.foundation.terms.urls")),
    path("organisations/", include("ropewalk.site.foundation.organisations.urls")),
    path("", include("ropewalk.site.foundation.urls")),
]
