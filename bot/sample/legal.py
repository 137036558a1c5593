"""What the sample town asks its families to read; the house rules differ by organisation."""

from typing import Final

from bot.sample.structures import Place
from domain.documents.model import DocumentKind

PRIVACY: Final = """\
La mairie de CarteVille est responsable du traitement de vos données. Elles servent à inscrire \
vos enfants aux activités, à réserver, à facturer et à vous informer. La base légale est la \
mission d'intérêt public de la commune.

Ce qui est enregistré : vos nom, prénom, adresses de messagerie et identifiant Telegram ; les \
nom et prénom de vos enfants, leurs inscriptions et leurs réservations ; votre quotient \
familial ; vos soldes. Aucune donnée de religion ou d'origine n'est demandée ici. \
Pour une absence, aucun détail de santé n'est demandé ; un certificat que vous envoyez reste dans \
votre conversation.

Qui les voit : les agents des services scolaires et périscolaires, et la trésorerie pour ce \
qui est dû. Elles ne sont ni vendues ni cédées.

Combien de temps : les réservations et la facturation sont gardées dix ans, comme la loi \
l'impose aux communes ; le reste est effacé un an après la dernière inscription.

Vos droits : consulter, corriger, recevoir une copie, vous opposer, demander l'effacement. \
Écrivez au délégué à la protection des données de la mairie, ou utilisez /mes_donnees et \
/effacer. Vous pouvez aussi saisir la CNIL."""

TERMS: Final = """\
Ce service permet aux familles de réserver et d'annuler les activités de leurs enfants.

Votre identifiant et votre mot de passe sont personnels. Ne les communiquez à personne ; un \
agent de la mairie ne vous les demandera jamais.

Une demande n'est enregistrée qu'une fois validée. Elle peut être acceptée, mise en liste \
d'attente ou refusée : le résultat s'affiche aussitôt. Les délais de réservation et \
d'annulation sont indiqués pour chaque jour. Une journée réservée et non annulée dans les \
délais est facturée.

La mairie peut fermer une activité ; les réservations sont alors annulées sans frais et vous \
êtes prévenu(e).

Le service peut être interrompu pour maintenance. Les démarches restent possibles en mairie."""

TELEGRAM: Final = """\
Ce service vous parle par Telegram, une application que la mairie n'exploite pas.

Les messages échangés ici sont conservés par Telegram sur ses serveurs, en partie hors de \
l'Union européenne, et ne sont pas chiffrés de bout en bout. La mairie n'y écrit que le \
nécessaire : des prénoms, des dates, des activités. Jamais d'adresse ni d'information de \
santé.

Vous pouvez effacer la conversation quand vous le souhaitez. Dans votre profil, vous pouvez \
demander que les écrans soient effacés au bout de deux jours.

Ce choix est libre : toutes les démarches restent possibles par mail et en mairie, sans \
Telegram, et vous pouvez changer d'avis à tout moment avec /effacer."""

TOWN_HALL_RULES: Final = """\
Article 1. Accueil
Les enfants sont accueillis aux heures de chaque activité. Le matin, ils sont confiés à un \
animateur ; le soir, ils ne repartent qu'avec une personne autorisée par la famille.

Article 2. Réservations
Chaque présence se réserve à l'avance, dans les délais affichés. Un enfant présent sans \
réservation est accueilli si une place est libre ; la journée est alors facturée au tarif le \
plus élevé.

Article 3. Absences
Une absence annulée dans les délais n'est pas facturée. Au-delà, elle l'est, sauf présentation \
d'un certificat médical sous huit jours.

Article 4. Repas
Les menus sont affichés dans les écoles. Les repas de substitution sont choisis à \
l'inscription.

Article 5. Santé
Aucun médicament n'est donné sans protocole signé. En cas d'urgence, les secours puis la \
famille sont prévenus.

Article 6. Vie en collectivité
Chacun respecte les autres, les lieux et le matériel. Après deux avertissements écrits, la \
commune peut suspendre l'accueil d'un enfant.

Article 7. Retards
Après trois retards le soir, la famille est reçue en mairie."""

MUSIC_SCHOOL_RULES: Final = """\
Article 1. Les cours ont lieu chaque semaine, hors vacances scolaires.

Article 2. L'assiduité est demandée : trois absences sans excuse peuvent mettre fin à \
l'inscription.

Article 3. Les instruments prêtés sont rendus en bon état ; l'assurance est à la charge de la \
famille.

Article 4. Les élèves participent à l'audition de fin d'année."""

ASKED: Final = {
    DocumentKind.PRIVACY: ("Protection de vos données", PRIVACY),
    DocumentKind.TERMS: ("Conditions générales d'utilisation", TERMS),
    DocumentKind.TELEGRAM: ("Ce service et Telegram", TELEGRAM),
}
RULES: Final = {
    Place.TOWN_HALL: ("Règlement intérieur des accueils et de la restauration", TOWN_HALL_RULES),
    Place.MUSIC_SCHOOL: ("Règlement intérieur de l'école de musique", MUSIC_SCHOOL_RULES),
}
