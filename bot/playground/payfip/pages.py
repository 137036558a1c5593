"""The payment page, in the look of the chat page, and the words where nothing can be paid."""

from html import escape
from pathlib import Path
from string import Template

from bot.playground.payfip.treasury import Operation

HERE = Path(__file__).parent
NO_BREAK = "\N{NO-BREAK SPACE}"
UNKNOWN = "Cette opération est inconnue. Retournez dans Telegram et recommencez."
TOO_LATE = (
    "Cette page n'est plus valable : elle s'ouvre dans les 15 minutes. "
    "Retournez dans Telegram et recommencez."
)
OVER = "Cette opération est terminée : elle ne peut pas être payée une seconde fois."


def bill(operation: Operation) -> str:
    asked = operation.asked
    return _page(
        (HERE / "bill.html").read_text(encoding="utf-8"),
        amount=money(int(asked["montant"])),
        subject=asked["objet"] or "–",
        reference=_grouped(asked["refdet"]),
        year=asked["exer"],
        mail=asked["mel"],
        idop=operation.idop,
    )


def closed(words: str, back: str | None = None) -> str:
    link = '<a class="pay" href="$back">Retour au site de la mairie</a>' if back else ""
    return _page(f"<h1>Paiement en ligne</h1><p>$words</p>{link}", words=words, back=back or "")


def money(cents: int) -> str:
    euros = f"{cents // 100:,}".replace(",", NO_BREAK)
    return f"{euros},{cents % 100:02}{NO_BREAK}€"


def _grouped(reference: str) -> str:
    """By fours, so that it may break and be read aloud."""
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))


def _page(content: str, **words: str) -> str:
    filled = Template(content).substitute({name: escape(word) for name, word in words.items()})
    page = Template((HERE / "page.html").read_text(encoding="utf-8"))
    return page.substitute(content=filled)
