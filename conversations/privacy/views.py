"""What is kept, given out and erased, in plain words: true of the code, and no more (A12)."""

from collections.abc import Sequence

from conversations.home.routes import HOME, Privacy
from conversations.privacy.routes import AskData, AskErasure, LeaveAll, WantErasure
from conversations.screen import Button, Document, Row, Screen, Style
from conversations.texts import Texts, escaped
from domain.privacy.model import Retention


def policy(retention: Retention, t: Texts, *, entered: bool) -> Screen:
    """For anybody; what can be asked for here is offered to those who are connected."""
    parts = [
        t("<b>Vie privée</b>"),
        t(
            "Votre mairie traite ces données pour inscrire vos enfants à ses activités et pour "
            "gérer leurs réservations."
        ),
        _what(t),
        _where(t),
        _how_long(retention, t),
        _rights(t),
    ]
    rows = own_rows(t) if entered else ()
    return Screen("\n\n".join(parts), (*rows, _home(t)))


def _what(t: Texts) -> str:
    return t(
        "<b>Ce qui est gardé</b>\n"
        "• Vous : civilité, nom, prénom, identifiant, adresses de messagerie, langue et choix ; "
        "le numéro de votre compte Telegram et la date de vos connexions.\n"
        "• Vos enfants : nom, prénom, inscriptions, réservations et demandes ; les absences que "
        "vous déclarez, avec leur motif et votre mot, chiffrés.\n"
        "• Votre famille : quotient familial et soldes.\n"
        "• Les documents acceptés et signés, les messages qui vous sont envoyés, et un journal "
        "de ce qui touche à votre compte.\n"
        "• Pas d'adresse postale. Aucun détail de santé n'est demandé ; un justificatif que vous "
        "envoyez reste dans cette conversation, il n'est pas copié."
    )


def _where(t: Texts) -> str:
    return t(
        "<b>Où</b>\n"
        "• Dans la base de données de la mairie. Les noms, adresses de messagerie et numéros "
        "Telegram y sont chiffrés ; la clé est gardée à part. Votre mot de passe n'y est pas "
        "lisible.\n"
        "• Les messages de cette conversation sont conservés par Telegram sur ses serveurs, hors "
        "de la maîtrise de la mairie. Vos enfants n'y sont désignés que par leur prénom, sauf "
        "dans le compte rendu de la nuit et dans les fichiers que vous demandez.\n"
        "• Le message qui contient votre mot de passe est supprimé dès sa lecture."
    )


def _how_long(retention: Retention, t: Texts) -> str:
    return t(
        "<b>Combien de temps</b>\n"
        "• Une connexion qui ne sert pas pendant 30 jours prend fin.\n"
        "• La mairie doit garder les réservations {bookings} ans, les paiements {payments} ans "
        "et les règlements signés {signatures} ans après leur remplacement. Ensuite, ils sont "
        "effacés sans que vous ayez à le demander.\n"
        "• Les noms et les adresses d'une famille sont effacés {bookings} ans après sa dernière "
        "inscription, une fois ses comptes soldés.\n"
        "• Ce qui a été facturé reste dans les comptes, sans aucun nom : le numéro de l'enfant, "
        "l'activité, le jour et le montant.",
        bookings=retention.bookings,
        payments=retention.payments,
        signatures=retention.signatures,
    )


def _rights(t: Texts) -> str:
    return t(
        "<b>Vos droits</b>\n"
        "• /mes_donnees  recevoir tout ce qui est enregistré sur vous et votre famille\n"
        "• /effacer  effacer votre accès par Telegram\n"
        "• /logout  vous déconnecter et effacer les écrans récents de cette conversation\n"
        "• Pour corriger une donnée, ou pour toute question, adressez-vous à votre mairie. Vous "
        "pouvez aussi saisir la CNIL (cnil.fr).\n\n"
        "Toutes les démarches restent possibles en mairie et par mail, sans Telegram."
    )


def own_rows(t: Texts) -> tuple[Row, ...]:
    """For the profile as well."""
    return (
        (Button(t("Recevoir mes données"), AskData().pack()),),
        (Button(t("Effacer mon accès"), AskErasure().pack()),),
    )


# -- given out ---------------------------------------------------------------------------------
def ask_password_for_data(t: Texts) -> Screen:
    return _asked(
        t(
            "<b>Recevoir mes données</b>\n"
            "Vous recevrez ici un fichier ZIP avec tout ce qui est enregistré sur vous et votre "
            "famille : un PDF à lire et un fichier JSON. Comme chaque message, il passe par les "
            "serveurs de Telegram : téléchargez-le, puis supprimez-le de la conversation.\n\n"
            "Pour le recevoir, envoyez votre <b>mot de passe</b>. Votre message sera supprimé "
            "dès sa lecture."
        ),
        t,
    )


def preparing(note: str, t: Texts) -> Screen:
    """``note`` says what became of the password; plain."""
    said = t("Vos données sont en préparation. Cela prend quelques secondes…")
    return Screen(f"{escaped(note)}\n\n{said}")


def prepared(t: Texts) -> Screen:
    return Screen(t("Vos données sont prêtes, dans le fichier ci-dessous."))


def not_sent(t: Texts) -> Screen:
    said = t(
        "Le fichier de vos données n'a pas pu être envoyé. Rien n'a été perdu : réessayez dans "
        "un instant."
    )
    return Screen(said, (*own_rows(t), _home(t)))


def parcel(name: str, content: bytes, t: Texts) -> Document:
    caption = t(
        "Vos données et celles de votre famille. Téléchargez ce fichier, puis supprimez-le de "
        "la conversation : Telegram la conserve."
    )
    return Document(name, content, caption, (_home(t),))


# -- erased ------------------------------------------------------------------------------------
def ask_erasure(retention: Retention, t: Texts) -> Screen:
    text = t(
        "<b>Effacer mon accès</b>\n"
        "Seront effacés tout de suite : vos connexions et le numéro de votre compte Telegram, "
        "votre accord pour Telegram, votre mot de passe, vos choix d'alertes, vos demandes non "
        "validées, et les écrans récents de vos conversations. Les liens et codes envoyés ne "
        "serviront plus.\n\n"
        "La mairie doit garder, parce que la loi le lui demande : vos réservations pendant "
        "{bookings} ans, vos paiements pendant {payments} ans, les règlements signés et leur "
        "preuve pendant {signatures} ans. Elle garde aussi votre nom et vos adresses de "
        "messagerie, pour vous écrire, jusqu'à {bookings} ans après votre dernière "
        "inscription.\n\n"
        "Vos réservations ne sont pas annulées. Rien ne change pour l'autre responsable de la "
        "famille. Pour revenir, il faudra une nouvelle lettre de la mairie. Toutes les démarches "
        "restent possibles en mairie et par mail.",
        bookings=retention.bookings,
        payments=retention.payments,
        signatures=retention.signatures,
    )
    yes = Button(t("Continuer vers l'effacement"), WantErasure().pack(), Style.DANGER)
    return Screen(text, ((yes,), (Button(t("Ne rien effacer"), LeaveAll().pack()),)))


def ask_password_for_erasure(t: Texts) -> Screen:
    return _asked(
        t(
            "Pour effacer votre accès, envoyez votre <b>mot de passe</b>. Votre message sera "
            "supprimé dès sa lecture, puis l'effacement sera fait : il ne peut pas être annulé."
        ),
        t,
    )


def erased(note: str, t: Texts) -> Screen:
    """The last message; ``note`` says what became of the password; plain."""
    said = t(
        "<b>C'est fait.</b> Votre accès par Telegram, vos choix et vos demandes non validées "
        "sont effacés. Vos réservations n'ont pas changé.\n\n"
        "Les messages qui restent ici peuvent être effacés dans Telegram : « Supprimer la "
        "conversation ». Pour revenir, demandez une nouvelle lettre à votre mairie."
    )
    rows = ((Button(t("Vie privée"), Privacy().pack()),),)
    return Screen(f"{said}\n\n{escaped(note)}", rows)


def refused(sentences: Sequence[str], t: Texts) -> Screen:
    """Plain. Nothing was given out or erased."""
    text = "\n\n".join(map(escaped, sentences))
    return Screen(text, (*own_rows(t), _home(t)))


def _asked(text: str, t: Texts) -> Screen:
    return Screen(text, ((Button(t("Annuler"), LeaveAll().pack()),),))


def _home(t: Texts) -> Row:
    return (Button(t("Accueil"), HOME),)
