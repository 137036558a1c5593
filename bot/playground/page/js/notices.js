// Toasts at the foot of the chat, banners at its head, and the one dialog.
import { avatar, el, fullName } from "./dom.js";
import { t } from "./words.js";

const TOAST_MS = 4500;
const BANNER_MS = 6000;
const MOST_TOASTS = 3;
const MOST_BANNERS = 2;

const toasts = document.getElementById("toasts");
const banners = document.getElementById("banners");
const dialog = document.getElementById("dialog");

export function toast(text, { problem = false } = {}) {
  const node = el("div", { class: `toast ${problem ? "problem" : ""}`, dir: "auto" }, text);
  toasts.append(node);
  while (toasts.children.length > MOST_TOASTS) toasts.firstElementChild.remove();
  setTimeout(() => node.remove(), TOAST_MS + 40 * text.length);
}

export const complain = (error) => toast(t("error", { why: error.message }), { problem: true });

/** A banner that opens something; a newer one about the same subject takes its place. */
export function banner(subject, person, title, preview, open) {
  banners.querySelector(`[data-subject="${CSS.escape(subject)}"]`)?.remove();
  const node = el("button", { type: "button", class: "banner", "data-subject": subject, onclick: () => (node.remove(), open()) },
    avatar(person),
    el("span", { class: "banner-text" }, el("div", { class: "banner-title" }, title), el("div", { class: "banner-preview", dir: "auto" }, preview)));
  banners.append(node);
  while (banners.children.length > MOST_BANNERS) banners.firstElementChild.remove();
  setTimeout(() => node.remove(), BANNER_MS);
}

export const clearBanners = (subject) => banners.querySelector(`[data-subject="${CSS.escape(subject)}"]`)?.remove();

export function bannerFor(person, preview, open) {
  banner(`chat-${person.id}`, person, t("newMessageFor", { name: fullName(person) }), preview, open);
}

/**
 * A modal question. `confirm` is the word of the second button (none: an alert), `link` makes that
 * button a link, `field` adds an input. Resolves to true, to the text typed, or to null when refused.
 */
export function ask({ title, text, confirm, link, field }) {
  const input = field !== undefined && el("input", { value: field, "aria-label": title, type: "text" });
  const done = (value) => () => (dialog.returnValue = value, dialog.close(value));
  const yes = link
    ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer", onclick: done("yes") }, confirm)
    : el("button", { type: "button", onclick: done("yes"), autofocus: !input }, confirm ?? t("ok"));
  dialog.replaceChildren(
    el("div", { class: "sheet-body" }, title && el("h2", { id: "dialog-title" }, title), el("p", { dir: "auto" }, text), input),
    el("div", { class: "sheet-actions" }, confirm && el("button", { type: "button", onclick: done("no") }, t("cancel")), yes));
  if (title) dialog.setAttribute("aria-labelledby", "dialog-title");
  if (dialog.open) dialog.close("no");
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    const answer = () => resolve(dialog.returnValue !== "yes" ? null : input ? input.value : true);
    dialog.addEventListener("close", answer, { once: true });
  });
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { class: "sr" }, text); // no permission, or not a secure context
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(t("copied", { text }));
}
