"""Addresses of signing in, under the names by which django-allauth looks for them. Nothing else of it is reachable."""

from allauth.account import views as allauth_views
from django.urls import include, path

from ropewalk.site.foundation.accounts import provider_sign_in
from ropewalk.site.foundation.accounts.views import SignInView

urlpatterns = [
    path("sign-in/", SignInView.as_view(), name="account_login"),
    path("closed/", allauth_views.account_inactive, name="account_inactive"),
    path("password/again/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("with/<slug:provider_id>/", provider_sign_in.to_provider, name="openid_connect_login"),
    path("with/<slug:provider_id>/back/", provider_sign_in.from_provider, name="openid_connect_callback"),
    path("cancelled/", provider_sign_in.cancelled, name="socialaccount_login_cancelled"),
]
