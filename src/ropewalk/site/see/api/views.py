"""The page that explains the API to people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ropewalk.site.see.api.describing import addresses
from ropewalk.site.see.api.operations import api


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Every address with its parameters and answers, read off the OpenAPI document."""
    schema = api.get_openapi_schema()
    return render(request, "api/about.html", {"addresses": addresses(schema), "about": schema["info"]["description"]})
