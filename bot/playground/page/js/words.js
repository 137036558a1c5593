// The page's own words. The bot's words come from the bot.
const FR = {
  locale: "fr-FR", skip: "Aller au message à écrire", whoAreYou: "Qui êtes-vous ?",
  whoHint: "Choisissez une personne : vous voyez son téléphone.",
  parent: "Parent", agent: "Agent de la mairie", reader: "Agent (lecture)", manager: "Responsable de service", copied: "Copié : {text}", copyWhat: "Copier : {text}", openLetter: "Ouvrir le lien de la lettre",
  bot: "bot", typing: "en train d’écrire", chat: "Chat", people: "Personnes", mailbox: "Courrier",
  clock: "Horloge", unread: "{n} non lus", light: "Clair", dark: "Sombre", otherLanguage: "English",
  newMessageFor: "Nouveau message pour {name}", newMail: "Nouveau courriel : {subject}",
  today: "Aujourd’hui", yesterday: "Hier", edited: "modifié", toBottom: "Aller au dernier message",
  write: "Message", writeTo: "Écrire un message", send: "Envoyer", menu: "Menu", commands: "Commandes du bot",
  attach: "Joindre", document: "Document", photo: "Photo", sticker: "Autocollant", contact: "Mon numéro de téléphone",
  start: "Démarrer", more: "Plus d’actions", block: "Bloquer le bot", unblock: "Débloquer le bot", blockedNow: "Bot bloqué : il ne peut plus vous écrire.",
  unblockedNow: "Bot débloqué.", transcript: "Transcription (texte)", welcome: "Que peut faire ce bot ?",
  welcomeText: "Appuyez sur « Démarrer » pour ouvrir la conversation.", ok: "OK", cancel: "Annuler", open: "Ouvrir",
  openLink: "Ouvrir ce lien ?", alertTitle: "Message du bot", pay: "Payer", payTitle: "Payer cette facture ?", paid: "Paiement effectué.",
  paidOf: "Paiement de {amount} effectué", notPaid: "Paiement refusé : {why}", invoice: "Facture", total: "Total", paidLabel: "Payée", buttons: "Boutons du message", link: "lien", copyButton: "copier",
  noAnswer: "Le bot n’a pas répondu à ce bouton.", offline: "Connexion perdue, nouvel essai…", error: "Cela n’a pas fonctionné : {why}",
  readMore: "Lire la suite", readLess: "Réduire", spoiler: "Texte masqué, appuyez pour le lire", table: "Tableau", download: "Télécharger {name}",
  unsupported: "Ce contenu ne peut pas être affiché ici.", phoneTitle: "Partager quel numéro ?", you: "Vous", botSays: "Bot",
  clockTitle: "Heure simulée", tonight: "Aller à cette nuit", tonightBusy: "La nuit passe…", plusHour: "+ 1 heure", plusDay: "+ 1 jour",
  clockHint: "« Cette nuit » : 03:20, après la clôture, la transmission et les comptes rendus.", clockMoving: "Le temps avance…",
  clockReal: "À l’heure réelle.", clockShifted: "En avance de {d} sur l’heure réelle.", clockLate: "En retard de {d} sur l’heure réelle.",
  noMail: "Aucun courriel pour l’instant. Ceux que le bot envoie arrivent ici.", backToMails: "Retour aux courriels",
  from: "De", to: "À", noSubject: "(sans objet)", mailBody: "Texte du courriel", days: "{n} j", hours: "{n} h", minutes: "{n} min",
};
const EN = {
  locale: "en-GB", skip: "Go to the message field", whoAreYou: "Who are you?", whoHint: "Pick a person: you see their phone.",
  parent: "Parent", agent: "Town hall agent", reader: "Agent (reader)", manager: "Service manager", copied: "Copied: {text}", copyWhat: "Copy: {text}", openLetter: "Open the letter’s link",
  bot: "bot", typing: "typing", chat: "Chat", people: "People", mailbox: "Mail", clock: "Clock", unread: "{n} unread", light: "Light", dark: "Dark", otherLanguage: "Français",
  newMessageFor: "New message for {name}", newMail: "New mail: {subject}", today: "Today", yesterday: "Yesterday", edited: "edited", toBottom: "Go to the last message",
  write: "Message", writeTo: "Write a message", send: "Send", menu: "Menu", commands: "The bot’s commands", attach: "Attach", document: "Document", photo: "Photo", sticker: "Sticker", contact: "My phone number",
  start: "Start", more: "More actions", block: "Block the bot", unblock: "Unblock the bot", blockedNow: "Bot blocked: it can no longer write to you.", unblockedNow: "Bot unblocked.",
  transcript: "Transcript (text)", welcome: "What can this bot do?", welcomeText: "Press “Start” to open the conversation.", ok: "OK", cancel: "Cancel", open: "Open",
  openLink: "Open this link?", alertTitle: "Message from the bot", pay: "Pay", payTitle: "Pay this invoice?", paid: "Paid.", paidOf: "{amount} paid", notPaid: "Payment refused: {why}", invoice: "Invoice", total: "Total", paidLabel: "Paid",
  buttons: "Buttons of the message", link: "link", copyButton: "copy", noAnswer: "The bot did not answer this button.", offline: "Connection lost, trying again…", error: "That did not work: {why}",
  readMore: "Read more", readLess: "Show less", spoiler: "Hidden text, press to read", table: "Table", download: "Download {name}", unsupported: "This content cannot be shown here.",
  phoneTitle: "Share which number?", you: "You", botSays: "Bot", clockTitle: "Simulated time", tonight: "Jump to tonight", tonightBusy: "The night goes by…", plusHour: "+ 1 hour", plusDay: "+ 1 day",
  clockHint: "“Tonight” is 03:20, after closing, transmission and reports.", clockMoving: "Time moves on…", clockReal: "At the real time.", clockShifted: "{d} ahead of the real time.", clockLate: "{d} behind the real time.",
  noMail: "No mail yet. Those the bot sends arrive here.", backToMails: "Back to the mails", from: "From", to: "To", noSubject: "(no subject)", mailBody: "Text of the mail", days: "{n} d", hours: "{n} h", minutes: "{n} min",
};

const KEY = "cartable.language";
export const language = localStorage.getItem(KEY) === "en" ? "en" : "fr";
const WORDS = language === "en" ? EN : FR;

export function t(name, values = {}) {
  return (WORDS[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

export function switchLanguage() {
  localStorage.setItem(KEY, language === "en" ? "fr" : "en");
  location.reload();
}

/** Fills the elements of index.html that carry data-t="name". */
export function translatePage() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
}
