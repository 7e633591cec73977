"""The command ``ropewalk``. Commands load when they are called, so that each starts fast."""

from __future__ import annotations

import importlib
import os
import sys

import click

from ropewalk import __version__
from ropewalk.core.errors import RopewalkError

# Name of a command: module of this package that holds it, and the function.
COMMANDS = {
    "open-data": ("open_data", "open_data"),
    "places": ("places", "places"),
    "schools": ("places", "schools"),
    "figures": ("figures", "figures"),
    "explore": ("explore", "explore"),
    "edition": ("edition", "edition"),
    "measures": ("measures", "measures"),
    "progress-scores": ("progress_scores", "progress_scores"),
    "returns": ("returns", "returns"),
    "identity": ("identity", "identity"),
    "data-key": ("data_key", "data_key"),
    "data-book": ("documents", "data_book"),
    "workbook": ("documents", "workbook"),
    "slides": ("documents", "slides"),
    "board-report": ("board_report", "board_report"),
    "disclosure": ("disclosure", "disclosure"),
    "fetch": ("fetch", "fetch"),
    "synth": ("synth", "synth"),
    "administrator": ("administrator", "administrator"),
    "invite": ("invite", "invite"),
    "account": ("account", "account"),
    "place": ("place", "place"),
    "audit": ("audit", "audit"),
    "retention": ("retention", "retention"),
    "shred": ("shred", "shred"),
    "backup": ("backup", "backup"),
    "serve": ("serve", "serve"),
    "demo": ("demo", "demo"),
    "bench": ("bench", "bench"),
}


class LazyGroup(click.Group):
    """A group that imports a command only when it is named."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"ropewalk.cli.{module}"), function)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="ropewalk")
def ropewalk() -> None:
    """See how the children of any place in England are doing, from published statistics.

    Start with 'ropewalk demo', or with 'ropewalk open-data import FOLDER' and 'ropewalk serve'.
    """


def main() -> None:
    """Run a command; end with 0 done, 2 the input is wrong, 3 not allowed, 4 not found, 1 a fault of ours."""
    try:
        ropewalk(standalone_mode=False)
    except click.exceptions.Exit as ending:
        sys.exit(ending.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except RopewalkError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output went away (as 'head' does): not a fault, but nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if os.environ.get("ROPEWALK_DEBUG"):
            raise
        kind = error.__class__.__name__
        click.echo(
            f"Something went wrong that is not your fault ({kind}). Nothing was changed. "
            "Run the command again with ROPEWALK_DEBUG=1 for the details and report them.",
            err=True,
        )
        sys.exit(1)
