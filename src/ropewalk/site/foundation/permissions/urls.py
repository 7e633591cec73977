"""Addresses of roles: who holds which, and what one may see oneself. None holds a person's name."""

from django.urls import path

from ropewalk.site.foundation.permissions import views

app_name = "permissions"
urlpatterns = [
    path("", views.grants, name="grants"),
    path("give/", views.give, name="give"),
    path("roles/<int:number>/", views.grant, name="grant"),
    path("roles/<int:number>/review/", views.review, name="review"),
    path("roles/<int:number>/end/", views.end, name="end"),
    path("mine/", views.mine, name="mine"),
]
