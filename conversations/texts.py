"""Words, dates and money in one language: the only place where facts become text.

The msgid is the French sentence. ``t("…")`` answers plain text, for buttons, answers and mails;
``t.html("…")`` Telegram HTML, with every parameter escaped; ``t.plural("…", "…", n)`` counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from html import escape
from typing import Protocol
from zoneinfo import ZoneInfo

from conversations import formats
from domain.calendar.model import PARIS


class Translations(Protocol):
    """What gettext catalogues do, of whatever make."""

    def gettext(self, message: str) -> str: ...

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...


class Html(str):
    """Text that is HTML already: ``t.html`` does not escape it again."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """Words that were decided elsewhere, safe to stand in a screen."""
    return Html(escape(text, quote=False))


def clipped(text: str, longest: int) -> str:
    """Free text of the town, kept from pushing the rest out of the message."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Texts:
    """Instants are told in ``zone``, the structure's own, wherever the parent's phone is."""

    locale: str
    translations: Translations
    zone: ZoneInfo = PARIS

    def __call__(self, message: str, /, **params: object) -> str:
        said = self.translations.gettext(message)
        return said.format(**params) if params else said

    def html(self, message: str, /, **params: object) -> Html:
        shown = {
            name: value if isinstance(value, Html) else escaped(str(value))
            for name, value in params.items()
        }
        return Html(self.translations.gettext(message).format(**shown))

    def plural(self, one: str, many: str, n: int, /, **params: object) -> str:
        """``{n}`` is the number. French counts 0 and 1 as one; English only 1."""
        return self.translations.ngettext(one, many, n).format(n=n, **params)

    @property
    def is_rtl(self) -> bool:
        return formats.is_rtl(self.locale)

    # -- dates and hours -------------------------------------------------------------------
    def day(self, day: date) -> str:
        """ "mer. 2 décembre"."""
        return formats.dated(day, "EEE d MMMM", self.locale)

    def short_day(self, day: date) -> str:
        """ "mer. 2 déc.", for rows."""
        return formats.dated(day, "EEE d MMM", self.locale).replace(" 1er ", " 1 ")

    def long_day(self, day: date) -> str:
        """ "19 décembre 2026", where the year may not go without saying."""
        return formats.dated(day, "d MMMM y", self.locale)

    def paper_day(self, day: date) -> str:
        """ "mer. 2 décembre 2026": a paper is read long after its year."""
        return formats.dated(day, "EEE d MMMM y", self.locale)

    def report_day(self, day: date) -> str:
        """ "lun. 15/05", as in the nightly report (N2)."""
        return formats.dated(day, "EEE dd/MM", self.locale)

    def month(self, first: date) -> str:
        """ "Décembre 2026"."""
        return formats.dated(first, "LLLL y", self.locale).capitalize()

    def short_month(self, first: date) -> str:
        """ "Déc. 2026": whole on a third of a phone's width."""
        return formats.dated(first, "LLL y", self.locale).capitalize()

    def weekday(self, number: int) -> str:
        """ "Lu"; Monday is 0."""
        return formats.weekday(number, self.locale)

    def weekday_name(self, number: int) -> str:
        """ "lundi"."""
        return formats.weekday_name(number, self.locale)

    def clock(self, at: time) -> str:
        return f"{at:%H:%M}"

    def hours(self, arrival: time, departure: time) -> str:
        """ "07:30–18:00"."""
        return f"{arrival:%H:%M}–{departure:%H:%M}"

    def instant(self, at: datetime) -> str:
        """ "ven. 27 nov. à 09:00", in the structure's zone."""
        t, local = self, at.astimezone(self.zone)
        return t("{day} à {time}", day=t.short_day(local.date()), time=t.clock(local.time()))

    def paper_instant(self, at: datetime) -> str:
        """ "ven. 27 novembre 2026 à 09:00", in the structure's zone."""
        t, local = self, at.astimezone(self.zone)
        return t("{day} à {time}", day=t.paper_day(local.date()), time=t.clock(local.time()))

    # -- money -----------------------------------------------------------------------------
    def money(self, amount: Decimal) -> str:
        """ "24,87 €"."""
        return formats.money(amount, self.locale)

    def signed_money(self, amount: Decimal) -> str:
        """ "+4,97 €", "−24,87 €": the sign is always told."""
        sign = "+" if amount > 0 else "−" if amount < 0 else ""
        return sign + self.money(abs(amount))


@dataclass(frozen=True, slots=True)
class TextsByLocale:
    """Every language that has a catalogue; anything else gets the default."""

    catalogues: Mapping[str, Translations]
    default: str = "fr"
    _made: dict[tuple[str, str], Texts] = field(default_factory=dict, repr=False, compare=False)

    @property
    def locales(self) -> tuple[str, ...]:
        return tuple(self.catalogues)

    def __call__(self, locale: str | None, zone: ZoneInfo = PARIS) -> Texts:
        """``locale`` as Telegram or the guardian says it: "en", "pt-br", nothing at all."""
        language = (locale or self.default).partition("-")[0].lower()
        if language not in self.catalogues:
            language = self.default
        key = (language, zone.key)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = Texts(language, self.catalogues[language], zone)
        return made
