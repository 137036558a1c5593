"""The town's tables coming in: by the command line, in a chat, or as its back office's answers."""

from bot.importing import ImportDocument, template
from bot.printing.tables import TableFiles
from bot.town.nudging import Nudging
from bot.town.parts import Town
from domain.imports.answers import TakeAnswers
from domain.imports.by_agent import CheckDocument, WriteDocument
from domain.imports.service import ImportTown
from handlers.use_cases.staff_desk import Beside, Fetch, StaffImports
from storage.imports import FileStaging


def for_staff(town: Town, fetch: Fetch, beside: Beside) -> StaffImports:
    """``fetch``: from Telegram. ``beside``: the updates, which do not wait for an import."""
    import_document = ImportDocument(import_town(town))
    return StaffImports(
        fetch=fetch,
        beside=beside,
        check=CheckDocument(import_document),
        write=WriteDocument(import_document),
        write_template=template,
        write_table=TableFiles(town.clock).table,
    )


def import_town(town: Town) -> ImportTown:
    telling = Nudging(town.imports, town.nudge)
    return ImportTown(telling, FileStaging(), town.passwords, town.clock)


def take_answers(town: Town) -> TakeAnswers:
    return TakeAnswers(town.inbox, import_town(town), town.alerts, town.clock)
