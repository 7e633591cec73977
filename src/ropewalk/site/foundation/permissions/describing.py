"""The page of documentation about who may see what, written from the declarations."""

from collections.abc import Iterator

from ropewalk.site.foundation.permissions.matrix import JOBS, THINGS, Thing
from ropewalk.site.foundation.permissions.matrix.thing import Need
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.roles import ROLES, Role

ROOMS = {
    "scorecard": "Published figures",
    "api-v1": "The API",
    "foundation": "About the site",
    "sharing": "Returns",
    "live": "Live figures",
    "editions": "Editions on their way, and for partners",
    "released": "Released editions",
    "partnership": "Partnerships",
    "workstreams": "Workstreams",
    "plan": "Plans",
    "board_report": "Board reports",
    "permissions": "People",
    "erasing": "Erasing people",
    "organisations": "Organisations and places",
    "terms": "Data-sharing terms",
}
FOR = {
    Need.NOTHING: "everybody",
    Need.SIGNED_IN: "whoever is signed in",
    Need.ROLE: "whoever holds a role",
    Need.CARETAKER: "local administrators",
    Need.ADMINISTRATOR: "local administrators with a data session",
}
ACCOUNTS = "Accounts and signing in"


def permissions_page() -> str:
    """Roles, what each may do, every address with its answers, every command."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Who may see what\n"
    yield (
        "Written from the declarations by `make docs`; edit `src/ropewalk/site/foundation/permissions/` instead. A "
        "test asks for every address below as everybody, at the right and at another organisation, and compares the "
        "answers."
    )
    yield from _roles()
    yield from _permissions()
    yield from _addresses()
    yield "\n## Commands\n"
    yield "For whoever may run programs on the machine and read its store. They ask for no sign-in.\n"
    yield "| command | reaches |\n|---|---|"
    for job in JOBS:
        yield f"| `ropewalk {job.command}` | {job.reaches} |"


def _roles() -> Iterator[str]:
    yield "\n## Roles\n"
    yield (
        "A role is given to a person at one organisation or place, with a reason, for a year at most, and looked at "
        "again after half a year. At a trust it reaches the schools the trust holds that day, at a council the "
        "council's area, at a place its schools that day. Whoever may see anything of pupils needs a second factor to "
        "sign in.\n"
    )
    yield "| role | who may hold it | where | may, besides published figures |\n|---|---|---|---|"
    for role in ROLES.values():
        yield f"| **{role.title}** | {role.who} | {_where(role)} | {_may(role)} |"
    yield (
        "\nA **local administrator** looks after a site on one machine. They give roles, and reach what schools have "
        "sent only while a data session is open: for an hour, with a reason that stays on record. What a school "
        "shares its head alone says: to a local administrator that page does not exist."
    )


def _where(role: Role) -> str:
    kinds = [*(kind.words for kind in role.at), *(kind.words for kind in role.at_places)]
    return ", ".join(sorted(set(kinds))) or "nobody needs to be given it"


def _may(role: Role) -> str:
    held = [one.words for one in Permission if one in role.permissions - {Permission.SEE_PUBLISHED_FIGURES}]
    return "; ".join(held) or "nothing yet"


def _permissions() -> Iterator[str]:
    yield "\n## Permissions\n"
    yield "| permission | one may | held by |\n|---|---|---|"
    for permission in Permission:
        held = [role.title for role in ROLES.values() if permission in role.permissions]
        by = "everybody" if len(held) == len(ROLES) else ", ".join(held)
        yield f"| `{permission.value}` | {permission.words} | {by} |"


def _addresses() -> Iterator[str]:
    yield "\n## Addresses\n"
    yield (
        "Answers: 200 the page, 302 on to another page, 422 a form with what is wrong, 404 there is no such page. "
        "Whoever is not signed in is led to signing in (302), except where an address is for everybody; whoever is "
        "signed in and may not gets 404, as for a page that does not exist."
    )
    rooms: dict[str, list[Thing]] = {}
    for thing in THINGS:
        rooms.setdefault(ROOMS.get(thing.route.partition(":")[0], ACCOUNTS), []).append(thing)
    for room, things in rooms.items():
        yield f"\n### {room}\n"
        yield "| address | for | where | answers |\n|---|---|---|---|"
        for thing in things:
            yield f"| {_name(thing)} | {_for(thing)} | {thing.at.value} | {_answers(thing)} |"


def _name(thing: Thing) -> str:
    query = f" `?{thing.query}`" if thing.query else ""
    return f"{thing.method} `{thing.route}`{query}{', a file' if thing.download else ''}"


def _for(thing: Thing) -> str:
    if thing.is_public:
        return "everybody"
    if isinstance(thing.needs, Need):
        return FOR[thing.needs]
    return ", ".join(role.title for role in ROLES.values() if thing.needs & role.permissions)


def _answers(thing: Thing) -> str:
    codes = " or ".join(map(str, thing.codes))
    return f"{codes} ({thing.note})" if thing.note else codes
