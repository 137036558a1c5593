// One message as an <article>: a bubble, and its keyboard beneath.
import { contact, fileRow, invoice, photo, sticker } from "./attachments.js";
import { money, time } from "./dates.js";
import { el, icon } from "./dom.js";
import { columnsOf, keyboard } from "./keyboard.js";
import { isBroad, rich } from "./rich.js";
import { sanitise } from "./sanitise.js";
import { t } from "./words.js";

const BROAD_FROM = 5;

/** Classes and content are drawn into `article`, so that an edit keeps the element and its place. */
export function draw(article, message, actions) {
  const opened = unfolded(article);
  const rows = message.keyboard ?? [];
  const broad = columnsOf(rows) >= BROAD_FROM || isBroad(message.rich?.blocks);
  article.className = [
    message.kind === "service" ? "service" : "msg", message.from === "user" && "out",
    rows.length && "keyed", broad && "broad", message.edit_date && "edited",
  ].filter(Boolean).join(" ");
  article.dataset.id = message.message_id;
  if (message.kind === "service") {
    article.replaceChildren(...body(message, actions).childNodes);
    return;
  }
  article.setAttribute("aria-label", `${t(message.from === "user" ? "you" : "botSays")}, ${time(message.date * 1000)}`);
  article.replaceChildren(bubble(message, actions));
  if (rows.length) article.append(keyboard(rows, actions.press));
  if (message.flags?.length) article.append(el("p", { class: "flags" }, message.flags.join(" · ")));
  unfold(article, opened);
}

function bubble(message, actions) {
  const parts = PARTS[message.kind]?.(message, actions) ?? [];
  const text = message.html || message.text ? body(message, actions) : null;
  const last = text ?? el("span", { class: "foot" });
  return el("div", { class: `bubble ${message.kind === "sticker" ? "sticker" : ""}` },
    ...parts, message.kind === "sticker" ? null : message.kind === "rich" ? el("span", { class: "foot" }) : last, meta(message));
}

const PARTS = {
  photo: (message) => [photo(message.photo, message.text)],
  document: (message) => [fileRow(message.document ?? {})],
  invoice: (message) => [invoice(message.invoice ?? {})],
  rich: (message, actions) => [rich(message, actions)],
  sticker: (message) => [sticker(message.sticker?.emoji)],
  contact: (message) => [contact(message.contact ?? {})],
};

function body(message, actions) {
  const node = el("div", { class: "body", dir: "auto" });
  node.append(message.html ? sanitise(message.html, actions) : message.text || happening(message));
  return node;
}

/** What a service message without words stands for. */
function happening(message) {
  const payment = message.successful_payment;
  return payment ? t("paidOf", { amount: money(payment.total_amount, payment.currency) }) : "";
}

function meta(message) {
  const moment = time(message.date * 1000);
  return el("span", { class: "meta" }, message.edit_date && t("edited"), el("time", {}, moment),
    message.from === "user" && icon("ticks", "", "0 0 16 12"));
}

const FOLDS = ".quote-fold, details, .spoiler";

function unfolded(article) {
  return [...article.querySelectorAll(FOLDS)].map((node) => node.open ?? (node.matches(".open") || node.matches(".shown")));
}

function unfold(article, opened) {
  [...article.querySelectorAll(FOLDS)].forEach((node, index) => {
    if (!opened[index]) return;
    if (node.localName === "details") node.open = true;
    else if (node.matches(".spoiler")) node.click();
    else if (!node.matches(".open")) node.querySelector(".quote-more").click();
  });
}
