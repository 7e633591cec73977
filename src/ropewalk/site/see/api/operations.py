"""The API as a whole: its name, its OpenAPI document, its rooms."""

from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from ropewalk.site.see.api import editions, published
from ropewalk.site.see.api.problems import HANDLED, PROBLEM_JSON

NAME = "api-v1"
ABOUT = """Published figures about pupils of places and schools of England, each with the publication, file and row it
comes from, and the editions of figures from schools' own returns that places have released. Read-only; no key, no
sign-in, no cookies. Answers about published figures follow from the address and the state of the figures alone: keep
them with their ETag and ask again with If-None-Match."""


class Api(NinjaAPI):
    """Django Ninja with problems as problems are written, and names of operations that stay the same."""

    def get_openapi_schema(self, **named: Any) -> Any:
        """The OpenAPI document; errors are of their own media type."""
        schema = super().get_openapi_schema(**named)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        answer["content"] = {PROBLEM_JSON: answer["content"]["application/json"]}
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function."""
        return operation.view_func.__name__


api = Api(title="Ropewalk", version="1", description=ABOUT, urls_namespace=NAME, docs_url=None)
for _error, _handler in HANDLED:
    api.add_exception_handler(_error, _handler)
api.add_router("", published.router)
api.add_router("", editions.router)
