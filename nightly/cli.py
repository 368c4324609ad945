"""The command line ``mingcha``: commands are joined here, and every error becomes one sentence and an exit code."""

from __future__ import annotations

import errno
import sys

import typer
from rich.console import Console

from catalog.errors import CatalogueError
from crawler.fetching.replay import RecordingError
from ledger.errors import LedgerError
from nightly.commands import (
    catalogue,
    custody,
    exporting,
    keys,
    night,
    packing,
    probing,
    rechecking,
    replying,
    reviewing,
    rounds,
    scheduling,
    verifying,
)
from nightly.errors import Exit, NightError
from nightly.logs import configure
from nightly.parent import die_with_parent
from reports.pack.errors import PackError
from reports.view import ReportError

app = typer.Typer(
    name="mingcha",
    help="明察：沿公开路径核验政府网站公开情况，逐单位出具报告。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (
    *night.COMMANDS,
    packing.pack,
    probing.probe,
    rechecking.recheck,
    scheduling.schedule,
    verifying.verify,
):
    app.command()(command)
app.command("import-replies")(replying.import_replies)
app.add_typer(catalogue.app, name="catalog")
app.add_typer(custody.app, name="custody")
app.add_typer(exporting.app, name="export")
app.add_typer(keys.app, name="keys")
app.add_typer(reviewing.app, name="review")
app.add_typer(rounds.app, name="round")


def main() -> None:
    """Entry point: wrong input ends with 2, a red night with 3, see ``Exit``."""
    configure()
    die_with_parent()
    try:
        app()
    except CatalogueError as error:
        _fail(str(error), Exit.WRONG_INPUT)
    except NightError as error:
        _fail(str(error), error.code)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _fail("the disk is full; nothing recorded is lost: make room and give the same command again", Exit.DISK_FULL)
    except (RecordingError, PackError) as error:
        _fail(str(error), Exit.WRONG_INPUT)
    except (LedgerError, ReportError) as error:
        _fail(str(error), Exit.RED_NIGHT if isinstance(error, ReportError) else Exit.WRONG_INPUT)


def _fail(sentence: str, code: Exit) -> None:
    Console(stderr=True, highlight=False).print(f"mingcha: {sentence}", markup=False, soft_wrap=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
