"""Addresses of editions on their way. Schools by URN, editions by place and number."""

from django.urls import path

from ropewalk.site.see.editions.views import home, own, released, work

EDITION = "<slug:code>/<int:number>/"
DRAFT = f"{EDITION}draft/"
SCHOOL = f"{EDITION}schools/<int:urn>/"

app_name = "editions"
urlpatterns = [
    path("", home.home, name="home"),
    path("<slug:code>/new/", home.new, name="new"),
    path(DRAFT, work.edition, name="edition"),
    path(f"{DRAFT}progress/", work.progress, name="progress"),
    path(f"{DRAFT}again/", work.again, name="again"),
    path(f"{DRAFT}drop/", work.drop, name="drop"),
    path(f"{DRAFT}check/", work.check, name="check"),
    path(f"{DRAFT}release/", work.release, name="release"),
    path(f"{DRAFT}challenges/<int:challenge>/", work.answer, name="answer"),
    path(SCHOOL, own.own, name="own"),
    path(f"{SCHOOL}content/", own.content, name="content"),
    path(f"{SCHOOL}challenge/", own.challenge, name="challenge"),
    path(f"{EDITION}partners/", released.partners, name="partners"),
    path(f"{EDITION}partners.<str:ending>", released.partners_file, name="partners-file"),
]
