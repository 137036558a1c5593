"""What is wrong with a file of the town, one sentence a problem; the same at the command line."""

from collections.abc import Mapping
from typing import Final

from conversations.texts import Texts
from conversations.words import mark
from domain.imports.model import Problem, Trouble

SENTENCES: Final[Mapping[Trouble, str]] = {
    Trouble.UNREADABLE: mark("Ce contenu ne peut pas être lu ({reason})."),
    Trouble.NOT_UTF_8: mark(
        "Les accents de ce fichier ne peuvent pas être lus. Dans Excel, choisissez « Enregistrer "
        "sous », puis le type « CSV UTF-8 »."
    ),
    Trouble.TOO_LARGE: mark("Trop volumineux : {most} Mo au plus."),
    Trouble.TOO_MANY_LINES: mark("Trop de lignes : {most} au plus."),
    Trouble.MACROS: mark(
        "Ce classeur contient des macros ou n'est pas au format XLSX : enregistrez-le en .xlsx."
    ),
    Trouble.OUTSIDE_LINKS: mark("Ce classeur a des liens vers d'autres fichiers : retirez-les."),
    Trouble.NOTHING_THERE: mark("Il n'y a aucun tableau à lire ici."),
    Trouble.UNKNOWN_TABLE: mark("Ce tableau n'est pas connu. Tableaux possibles : {known}."),
    Trouble.TABLE_TWICE: mark("Ce tableau est présent deux fois."),
    Trouble.UNKNOWN_COLUMN: mark("Cette colonne n'est pas connue. Colonnes possibles : {known}."),
    Trouble.COLUMN_TWICE: mark("Cette colonne est présente deux fois."),
    Trouble.COLUMN_MISSING: mark("Cette colonne manque."),
    Trouble.TOO_MANY_CELLS: mark("Il y a des cellules au-delà de la dernière colonne."),
    Trouble.FORMULA: mark("Formule : écrivez la valeur elle-même. Rien n'est calculé ici."),
    Trouble.EMPTY: mark("Cette cellule doit être remplie."),
    Trouble.TOO_LONG: mark("Texte trop long : {most} caractères au plus."),
    Trouble.NOT_A_CODE: mark("Un code de 64 lettres sans accent, chiffres, - _ . : au plus."),
    Trouble.NOT_A_DATE: mark("Une date est attendue, comme 2026-12-02 ou 02/12/2026."),
    Trouble.NOT_A_TIME: mark("Une heure est attendue, comme 07:30."),
    Trouble.NOT_AN_AMOUNT: mark("Un montant est attendu, comme 24.87."),
    Trouble.NOT_A_NUMBER: mark("Un nombre entier est attendu."),
    Trouble.NOT_YES_OR_NO: mark("« oui » ou « non » est attendu."),
    Trouble.NOT_WEEKDAYS: mark("Des jours de la semaine sont attendus, comme « lu ma je ve »."),
    Trouble.NOT_A_CLOCK_ZONE: mark("Un fuseau horaire est attendu, comme Europe/Paris."),
    Trouble.NOT_ONE_OF: mark("Valeurs possibles : {known}."),
    Trouble.NOT_A_RULE: mark("Cette règle ne peut pas être lue ({reason})."),
    Trouble.NOT_AN_ADDRESS: mark(
        "Des adresses électroniques, séparées par « ; », sont attendues."
    ),
    Trouble.IMPOSSIBLE: mark("Cette valeur n'est pas possible ({reason})."),
    Trouble.TWICE: mark("La même chose est déjà dite : {first}."),
    Trouble.UNKNOWN_REFERENCE: mark("« {value} » n'existe pas dans « {table} »."),
    Trouble.ANOTHER_STRUCTURE: mark("Une activité ne change pas de structure."),
    Trouble.ANOTHER_FAMILY: mark("Un responsable ne change pas de famille."),
    Trouble.ANOTHER_POOL: mark("Une activité ne change pas de places partagées."),
    Trouble.IDENTIFIER_TAKEN: mark("Cet identifiant est déjà celui de quelqu'un d'autre."),
    Trouble.FEWER_THAN_TAKEN: mark("{taken} places sont déjà prises ce jour-là."),
    Trouble.LEDGER_KEPT: mark(
        "Une écriture déjà reçue ne change plus : ajoutez une autre ligne pour la corriger."
    ),
    Trouble.NOT_OF_THE_FAMILY: mark("Cet enfant n'est pas de cette famille."),
    Trouble.NO_SUCH_BOOKING: mark("Il n'y a pas de telle réservation."),
    Trouble.NO_SUCH_ORDER: mark(
        "Aucun paiement en ligne n'a cette référence : laissez vide pour un règlement à la mairie."
    ),
    Trouble.ANSWERED_OTHERWISE: mark("Cette demande a déjà reçu une autre réponse ({state})."),
    Trouble.NO_PLACE: mark("Il n'y a plus de place ce jour-là pour cet enfant."),
    Trouble.NO_WAITLIST: mark("Cette activité n'a pas de liste d'attente."),
    Trouble.UNFORESEEN: mark(
        "Une erreur imprévue ({reason}) a fait mettre ce fichier de côté. Une fois la cause "
        "réparée, déposez-le de nouveau : rien n'est compté deux fois."
    ),
}


def sentence(problem: Problem, t: Texts) -> str:
    """What is wrong and what is expected; never what the cell says, which may be a name."""
    return t(SENTENCES[problem.trouble], **problem.params)


def place(problem: Problem, t: Texts) -> str:
    """ "families.csv, ligne 3, colonne resident"."""
    said = [problem.file]
    if problem.line:
        said.append(t("ligne {line}", line=problem.line))
    if problem.column:
        said.append(t("colonne {column}", column=problem.column))
    return ", ".join(said)
