"""The page to which a provider sends the parent back, in their browser. It knows nothing of what
was paid, and says so (M4).
"""

from dataclasses import dataclass

from conversations.texts import Texts


@dataclass(frozen=True, slots=True)
class BackPage:
    title: str
    lines: tuple[str, ...]
    button: str


def back_page(t: Texts) -> BackPage:
    return BackPage(
        title=t("Revenez dans Telegram"),
        lines=(
            t("Le résultat du paiement vous y attend : le reçu arrive dans la conversation."),
            t("S'il tarde, ne payez pas une seconde fois : nous interrogeons la trésorerie."),
            t("Vous pouvez fermer cette page."),
        ),
        button=t("Ouvrir Telegram"),
    )
