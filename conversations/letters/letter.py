"""The town's letter: how to get in, on paper (A3)."""

from urllib.parse import urlsplit

from conversations.printed import Printed
from conversations.texts import Texts
from domain.accounts.inviting import Letter


def letter(of: Letter, link: str, qr: str, file_name: str, t: Texts) -> Printed:
    """``qr``: the link as an SVG picture."""
    account = of.account
    who = account.guardian
    town = account.structure
    until = t.paper_day(of.until.astimezone(t.zone).date())
    return Printed(
        template="letter",
        title=t("Votre accès au portail famille"),
        locale=t.locale,
        file_name=file_name,
        facts={
            "structure": town,
            "addressee": " ".join(filter(None, (who.civility, who.last_name, who.first_name))),
            "intro": t(
                "Votre mairie vous ouvre un accès à son portail famille, dans l'application "
                "Telegram : vous y réservez la cantine, les accueils et le centre de loisirs de "
                "vos enfants, et vous y recevez ses réponses."
            ),
            "by_phone": t("Avec votre téléphone"),
            "steps": _steps(t),
            "qr": qr,
            "qr_said": t("Code à viser avec l'appareil photo du téléphone"),
            "link": link,
            "by_hand": t("Sans viser le code"),
            "typed": t(
                "Dans Telegram, cherchez @{bot}, touchez « Démarrer », puis « Se connecter ». "
                "Envoyez l'identifiant, puis le mot de passe provisoire, tirets compris :",
                bot=urlsplit(link).path.strip("/"),
            ),
            "secrets": [
                [t("Identifiant"), account.identifier],
                [t("Mot de passe provisoire"), of.password],
                [t("À utiliser avant le"), until],
            ],
            "careful": t(
                "Ce code et ce mot de passe n'ouvrent que votre compte, et le code ne sert qu'une "
                "fois. Ne les donnez à personne. Hors de cette conversation, la mairie ne vous "
                "demandera jamais votre mot de passe, et nulle part un code de connexion de "
                "Telegram."
            ),
            "otherwise": t(
                "Pas de Telegram, pas de téléphone, une difficulté ? Adressez-vous à : {town}. "
                "Toutes les démarches restent possibles en mairie et par mail.",
                town=town,
            ),
        },
    )


def _steps(t: Texts) -> list[str]:
    return [
        t("Si ce n'est pas déjà fait, installez l'application Telegram et créez votre compte."),
        t(
            "Visez le code ci-contre avec l'appareil photo, ouvrez le lien qui s'affiche, puis "
            "touchez « Démarrer »."
        ),
        t("Choisissez votre mot de passe : la conversation vous guide."),
    ]
