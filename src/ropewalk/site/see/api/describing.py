"""The API in words, read off its OpenAPI document: for the page of the site and for docs/api.md."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
KINDS = {"string": "text", "integer": "whole number", "boolean": "true or false"}


@dataclass(frozen=True)
class Parameter:
    """One parameter, with the values it takes in words."""

    name: str
    place: str
    needed: bool
    takes: str
    words: str


@dataclass(frozen=True)
class Field:
    """One key of an answer."""

    name: str
    holds: str
    words: str


@dataclass(frozen=True)
class Address:
    """One address of the API. ``entries`` are the keys of what it lists."""

    path: str
    title: str
    words: str
    parameters: tuple[Parameter, ...]
    listed: str
    entries: tuple[Field, ...]


def addresses(schema: Schema) -> list[Address]:
    """Every address in the order of the document."""
    return [_address(schema, path, operations["get"]) for path, operations in schema["paths"].items()]


def _address(schema: Schema, path: str, operation: Schema) -> Address:
    answer = _named(schema, operation["responses"][200]["content"]["application/json"]["schema"])
    listed, entries = next((name, held) for name, held in answer["properties"].items() if held.get("type") == "array")
    entry = _named(schema, entries["items"])
    fields = tuple(
        Field(name, _takes(schema, held), held.get("description", "")) for name, held in entry["properties"].items()
    )
    parameters = tuple(_parameter(schema, one) for one in operation.get("parameters", ()))
    return Address(path, operation["summary"], operation["description"], parameters, listed, fields)


def _parameter(schema: Schema, one: Schema) -> Parameter:
    held = one["schema"]
    words = one.get("description") or held.get("description", "")
    return Parameter(one["name"], one["in"], bool(one.get("required")), _takes(schema, held), words)


def _named(schema: Schema, held: Schema) -> Schema:
    """A shape where it stands, or where the document says that it stands."""
    name = held.get("$ref")
    return schema["components"]["schemas"][name.rsplit("/", 1)[-1]] if name else held


def _takes(schema: Schema, held: Schema) -> str:
    """The kind of a value in words: 'text', 'whole number from 1 to 1000', 'one of all, primary'."""
    held = _named(schema, held)
    if "anyOf" in held:
        return " or ".join(_takes(schema, one) for one in held["anyOf"])
    if values := held.get("enum") or [held[name] for name in ("const",) if name in held]:
        return "one of " + ", ".join(map(str, values))
    if held.get("type") == "array":
        return f"list: {_takes(schema, held['items'])}"
    bounds = [f"{word} {held[name]}" for name, word in (("minimum", "from"), ("maximum", "to")) if name in held]
    kind = str(held.get("type", "object"))
    return " ".join([KINDS.get(kind, kind), *bounds])


def api_page(schema: Schema) -> str:
    """docs/api.md."""
    return "\n".join(_lines(schema)) + "\n"


def _lines(schema: Schema) -> Iterator[str]:
    yield "# The API\n"
    yield "Written from its OpenAPI document by `make docs`; edit `src/ropewalk/site/see/api/` instead.\n"
    yield f"{' '.join(schema['info']['description'].split())}\n"
    yield "The document itself: `/api/v1/openapi.json`. The same in words on a running site: `/api/v1/`.\n"
    yield "    curl 'http://127.0.0.1:8000/api/v1/figures?place=Plymouth&measure=persistent_absence&limit=3'\n"
    yield from COMMON
    for address in addresses(schema):
        yield f"\n## `{address.path}`\n"
        yield f"{address.title}. {' '.join(address.words.split())}\n"
        if address.parameters:
            yield "| parameter | where | takes | what it is |\n|---|---|---|---|"
        for one in address.parameters:
            yield f"| `{one.name}`{' (needed)' if one.needed else ''} | {one.place} | {one.takes} | {one.words} |"
        yield f"\nEach of `{address.listed}`:\n"
        yield "| key | holds | what it is |\n|---|---|---|"
        for field in address.entries:
            yield f"| `{field.name}` | {field.holds} | {field.words} |"


COMMON = (
    "- Lists come in parts: `offset`, `limit`, `next`. Their order stays the same while `generation` does.",
    "- Errors are problem details (RFC 9457, `application/problem+json`): 400 cannot be understood, 404 nothing by "
    "that name, 405 cannot be changed, 422 parameters that are wrong (`problems` lists them all), 429 too many "
    "questions (`Retry-After` says how many seconds to wait).",
    "- A parameter that an address does not know is refused with 422, so that a slip of the pen does not give "
    "everything.",
    "- Answers about published figures carry an `ETag` and may be kept by anybody; they change with the next import "
    "only. Those about editions are made anew each time.",
    "- No other site's pages may read them in a browser: there are no CORS headers.",
)
