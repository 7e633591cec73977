"""Addresses of accounts that django-allauth knows nothing of."""

from django.urls import path

from ropewalk.site.foundation.accounts import data_session_views, invitation_views, people_views, views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("sign-out-everywhere/", views.sign_out_everywhere, name="sign-out-everywhere"),
    path("password/", views.change_password, name="change-password"),
    path("password/changed/", views.password_changed, name="password-changed"),
    path("data-session/", data_session_views.data_session, name="data-session"),
    path("data-session/end/", data_session_views.end, name="end-data-session"),
    path("data-sessions/", data_session_views.log, name="data-sessions"),
    path("everybody/", people_views.everybody, name="everybody"),
    path("everybody/<int:number>/", people_views.somebody, name="somebody"),
    path("everybody/<int:number>/close/", people_views.close, name="close-account"),
    path("everybody/<int:number>/reopen/", people_views.reopen, name="reopen-account"),
    path("invitations/", invitation_views.invite, name="invitations"),
    path("invitations/<int:number>/withdraw/", invitation_views.withdraw, name="withdraw-invitation"),
    path("invitation/<slug:secret>/", invitation_views.accept, name="invitation"),
]
