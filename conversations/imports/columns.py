"""What each table and column is for, as the template explains it to the town hall."""

from collections.abc import Mapping
from typing import Final

from conversations.texts import Texts
from conversations.words import mark
from domain.imports.model import Table

TABLES: Final[Mapping[Table, str]] = {
    Table.STRUCTURES: mark("La mairie, et toute autre structure qui a ses activités."),
    Table.HOLIDAYS: mark("Jours fériés et vacances scolaires."),
    Table.ACTIVITIES: mark("Ce qui se réserve."),
    Table.OPENINGS: mark("Les jours d'ouverture de chaque activité, avec leurs places."),
    Table.TARIFFS: mark(
        "Le prix de chaque activité ; le plus récent et le plus précis l'emporte."
    ),
    Table.FAMILIES: mark("Une ligne par famille."),
    Table.QUOTIENTS: mark("Les quotients familiaux ; sans quotient, le tarif le plus haut."),
    Table.GUARDIANS: mark("Les responsables. Chacun reçoit ensuite sa lettre de connexion."),
    Table.CHILDREN: mark("Les enfants."),
    Table.ENROLMENTS: mark("Quel enfant est inscrit où, du premier au dernier jour inclus."),
    Table.CONSUMPTIONS: mark("Ce qui a déjà été facturé ; une ligne reçue ne change plus."),
    Table.PAYMENTS: mark("Ce qui a été payé ; une ligne reçue ne change plus."),
    Table.WALLETS: mark("Le solde de chaque porte-monnaie à la fin d'un jour."),
    Table.ANSWERS: mark("Les réponses aux demandes transmises chaque nuit."),
}

COLUMNS: Final[Mapping[str, str]] = {
    "code": mark("Votre numéro ou code : il ne change jamais."),
    "name": mark("Le nom que lisent les familles."),
    "welcome": mark("Le texte d'accueil."),
    "zone": mark("Le fuseau horaire ; vide : Europe/Paris."),
    "draft_hours": mark("Combien d'heures un panier est gardé ; vide : 24."),
    "debt_threshold": mark("Solde sous lequel une famille ne réserve plus ; vide : 0."),
    "structure": mark("Le code de la structure."),
    "kind": mark("public (jour férié) ou school (vacances scolaires)."),
    "first": mark("Le premier jour."),
    "last": mark("Le dernier jour ; vide : le même."),
    "arrival": mark("Heure de début."),
    "departure": mark("Heure de fin."),
    "weekdays": mark("Les jours de la semaine, comme « lu ma je ve »."),
    "book_by": mark(
        "Réservable jusqu'à : none, 48h (heures avant), 2j 09:00 (jours avant, à cette heure), "
        "2j 09:00 ouvrés, ou une règle en JSON ; vide : none."
    ),
    "cancel_by": mark("Annulable jusqu'à : comme book_by."),
    "wallet": mark("Le nom du porte-monnaie."),
    "waitlist": mark(
        "Liste d'attente : none, automatic (la place est attribuée), offered (elle est proposée)."
    ),
    "approval": mark("La mairie répond-elle à chaque demande ? oui ou non ; vide : non."),
    "offer_minutes": mark(
        "Durée en minutes pendant laquelle une place est proposée ; vide : 720."
    ),
    "may_overlap": mark("Peut-on réserver autre chose à la même heure ? oui ou non ; vide : non."),
    "hours": mark("Horaires au choix, en JSON ; vide : ceux du jour."),
    "absences": mark(
        "Absence déclarée : billed (due), free_with_certificate (gratuite avec justificatif), "
        "ou l'heure avant laquelle elle est gratuite ; vide : billed."
    ),
    "pool": mark("Un code commun aux activités qui partagent leurs places ; vide : les siennes."),
    "activity": mark("Le code de l'activité."),
    "day": mark("Le jour, comme 2026-12-02 ou 02/12/2026."),
    "open": mark("oui ou non ; vide : oui. Non annule les réservations et prévient les familles."),
    "places": mark(
        "Nombre de places, ou « illimité » ; vide : illimité au début, inchangé ensuite."
    ),
    "valid_from": mark("Premier jour de validité."),
    "valid_to": mark("Dernier jour de validité ; vide, là où c'est permis : sans fin."),
    "day_kind": mark("any, school (période scolaire) ou holiday (vacances) ; vide : any."),
    "bracket_min": mark("Quotient à partir duquel ce prix vaut, inclus."),
    "bracket_max": mark("Quotient jusqu'auquel ce prix vaut, exclu."),
    "slice_minutes": mark("Prix par tranche commencée de tant de minutes ; vide : par jour."),
    "amount": mark("Montant en euros ; un règlement négatif est un remboursement."),
    "minimum": mark("Montant minimal du jour."),
    "cap": mark("Montant maximal du jour."),
    "resident": mark("De la commune ? oui ou non ; vide : oui."),
    "family": mark("Le code de la famille."),
    "value": mark("Le quotient familial."),
    "identifier": mark("L'identifiant de connexion, unique."),
    "civility": mark("M., Mme, ou vide."),
    "first_name": mark("Prénom."),
    "last_name": mark("Nom."),
    "emails": mark("Adresses électroniques, séparées par « ; »."),
    "structures": mark("Codes des structures, séparés par « ; » ; vide : toutes."),
    "locale": mark("Langue des messages : fr ou en ; vide : fr."),
    "display": mark("classic ou rich ; vide : classic."),
    "families": mark(
        "Code de la famille ; deux, séparés par « ; », si les parents vivent à part."
    ),
    "school_class": mark(
        "Classe, comme « CE1 B » : 40 caractères au plus, un nom par classe de la ville ; "
        "vide : aucune. Sans cette colonne, les classes connues restent."
    ),
    "child": mark("Le code de l'enfant."),
    "age_group": mark("Tranche d'âge."),
    "unit_price": mark("Prix unitaire en euros."),
    "quantity": mark("Quantité ; vide : 1, 0 pour une absence non facturée."),
    "ticket": mark("Le numéro « ticket » de la transmission, qui nomme la réservation."),
    "mode": mark("Mode de règlement, comme CBLEUE."),
    "number": mark("Numéro de la pièce."),
    "payer": mark("Qui a payé."),
    "bank": mark("La banque."),
    "balance": mark("Le solde en euros ; négatif si la famille doit."),
    "on": mark("Le jour à la fin duquel ce solde était juste."),
    "answer": mark("accepted (acceptée), refused (refusée) ou waitlisted (en attente)."),
    "reference": mark(
        "Payé en ligne par Cartable : la référence de la transmission, ou le n° de pièce que "
        "connaît le Trésor ; il n'est crédité qu'une fois. Vide pour les autres règlements."
    ),
    "reason": mark("Le motif que lit la famille ; obligatoire sauf pour accepted."),
}


def explained(t: Texts) -> list[str]:
    """The lines above the columns."""
    return [
        t("Une feuille par tableau : remplissez celles dont vous avez besoin."),
        t("La première ligne porte les titres ; l'ordre des colonnes est libre."),
        t("Les lignes dont le code commence par EXEMPLE- sont ignorées."),
        t("Rien n'est écrit tant qu'il reste une erreur ; envoyer deux fois ne change rien."),
        t("Une ligne retirée du fichier ne supprime rien."),
    ]
