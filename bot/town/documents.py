from bot.town.parts import Town
from domain.documents.service import (
    GiveConsent,
    ListConsents,
    ListSheets,
    OpenDocument,
    SignHouseRules,
)
from handlers.use_cases.documents import Documents


def for_parents(town: Town) -> Documents:
    listed, clock = town.documents, town.clock
    return Documents(
        list_consents=ListConsents(listed),
        open_document=OpenDocument(listed, clock),
        give_consent=GiveConsent(listed, clock),
        list_sheets=ListSheets(listed),
        sign_house_rules=SignHouseRules(listed, clock),
        print_paper=town.print_paper,
    )
