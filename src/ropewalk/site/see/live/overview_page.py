"""What the live page of a place, trust or school shows: tables by question, parts beside each other, addresses."""

from dataclasses import dataclass

from ropewalk.core.errors import NotFound
from ropewalk.core.publish import live_tables
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.views.live import LiveOverview, Part
from ropewalk.site.see.live.addresses import Address
from ropewalk.site.see.live.choices import Chosen

PARTS = ("phases", "trusts", "schools")


@dataclass(frozen=True)
class Block:
    """A table with its heading, the addresses behind the names of its rows, and those of its files."""

    name: str
    heading: str
    table: ShownTable
    links: tuple[str, ...]
    csv: str
    xlsx: str


def questions(chosen: Chosen, shown: LiveOverview) -> list[Block]:
    """A block for each question; the files of all of them are one."""
    return [
        Block(
            section.question.slug,
            section.question.words,
            live_tables.section_table(shown, section),
            tuple(
                Chosen(chosen.here, f"measures/{row.measure.id}/", chosen.phase, chosen.group).to()
                for row in section.rows
            ),
            "",
            "",
        )
        for section in shown.sections
    ]


def parts(chosen: Chosen, shown: LiveOverview) -> list[Block]:
    """Phases, trusts and schools, each where there are several or they lead on to pages of their own."""
    return [
        Block(
            name,
            f"By {name.removesuffix('s')}",
            live_tables.parts_table(shown, name),
            _links(chosen, shown, name),
            *(file_address(chosen, name, ending) for ending in ("csv", "xlsx")),
        )
        for name in names_shown(shown)
    ]


def names_shown(shown: LiveOverview) -> list[str]:
    """Which of the parts have something to show; one phase alone is no comparison."""
    return [name for name in PARTS if len(_parts(shown, name)) > (2 if name == "phases" else 0)]


def _parts(shown: LiveOverview, name: str) -> tuple[Part, ...]:
    return {"phases": shown.by_phase, "trusts": shown.trusts, "schools": shown.schools}[name]


def _links(chosen: Chosen, shown: LiveOverview, name: str) -> tuple[str, ...]:
    if name == "phases":
        return tuple(chosen.to(phase="" if part.phase == "all" else part.phase) for part in shown.by_phase)
    group = "" if shown.group == "all" else shown.group
    return tuple(Address(part.scope, chosen.here.as_of).to(group=group) for part in _parts(shown, name) if part.scope)


def file_address(chosen: Chosen, name: str, ending: str) -> str:
    """Address of a table as a file."""
    return Chosen(chosen.here, f"tables/{name}.{ending}", chosen.phase, chosen.group).to()


def table_called(shown: LiveOverview, name: str) -> ShownTable:
    """A table of the page. Raises NotFound when the page has none of this name."""
    if name == "measures":
        return live_tables.overview_table(shown)
    if name not in names_shown(shown):
        raise NotFound(f"There is no table '{name}' here. There are: measures, {', '.join(names_shown(shown))}.")
    return live_tables.parts_table(shown, name)
