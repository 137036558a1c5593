"""``make locales``: collect the texts, fill French from itself, say what is not translated."""

import sys

from babel.messages.pofile import write_po

from bot.locales import HERE, LOCALES
from bot.locales.catalogues import missing, updated


def main() -> int:
    """1 when a translation is missing."""
    untranslated = 0
    for locale in LOCALES:
        renewed = updated(locale)
        with (HERE / f"{locale}.po").open("wb") as file:
            write_po(file, renewed, width=99, omit_header=False, ignore_obsolete=True)
        for message in missing(renewed):
            untranslated += 1
            sys.stdout.write(f"{locale}: not translated: {message.id}\n")
    sys.stdout.write(f"{untranslated} missing\n")
    return 1 if untranslated else 0


if __name__ == "__main__":
    sys.exit(main())
