"""Addresses of the API. Programs keep them: what changes what they mean stands under /api/v2/."""

from django.urls import URLPattern, path

from ropewalk.site.see.api.operations import NAME, api
from ropewalk.site.see.api.views import about

# Our own page stands where the library would put its own; the library finds the root of the API by that name.
_ROOT = "api-root"

app_name = NAME
urlpatterns = [
    path("", about, name=_ROOT),
    *(one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != _ROOT),
]
