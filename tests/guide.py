"""The guide's "Exemple de mail reçu", as families get it; one misspelling of it is corrected."""

REPORT = """\
M. DUPONT Jean-Paul

Veuillez trouver ci-dessous un compte rendu des modifications apportées à vos demandes de \
réservation sur la structure : Mairie de CarteVille.

14 mouvements sur vos demandes de réservations ont été reçus, dont :
- 11 nouvelles demandes de réservation
- 3 demandes d'annulation

***** RESERVATIONS MISES EN LISTE D'ATTENTE *****

--> Activité : APS MATIN :
DUPONT Amalia : lun. 15/05, mar. 16/05

***** RESERVATIONS ACCEPTEES *****

--> Activité : APS MATIN :
DUPONT Paolo : mar. 09/05, mer. 10/05, jeu. 11/05, ven. 12/05, lun. 15/05, mar. 16/05, \
mer. 17/05, jeu. 18/05, ven. 19/05

***** RESERVATIONS ANNULEES *****

--> Activité : APS MATIN :
DUPONT Amalia : ven. 05/05, mar. 09/05
--> Activité : RESTAURATION :
DUPONT Paolo : ven. 05/05

"""
BY_MAIL = (
    "Vous pouvez consulter l'état de vos réservations dans votre conversation Telegram avec la "
    "mairie, avec le bouton « Suivi des réservations »."
)
