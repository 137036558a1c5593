// The mails that were sent: a list, and one of them opened.
import { get } from "./api.js";
import { mailDate } from "./dates.js";
import { el, icon } from "./dom.js";
import { fileRow } from "./attachments.js";
import { t } from "./words.js";

const LINK = /https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?]/g;

export class Mailbox {
  #title = el("h2", { id: "mailbox-title" });
  #back = el("button", { type: "button", class: "round", "aria-label": t("backToMails"), onclick: () => this.#show(null) }, icon("back"));
  #badge = el("span", { class: "badge" });
  #body = el("div");
  #section; #openLink; #onCount;
  #mails = [];
  #seen = null;
  #open = null;

  constructor(section, openLink, onCount) {
    this.#section = section;
    this.#openLink = openLink;
    this.#onCount = onCount;
    section.append(el("header", { class: "mail-head" }, this.#back, this.#title, this.#badge), this.#body);
  }

  /** Fetches the list; the mails of the first load are no news. Returns those that are new. */
  async load() {
    const { mails } = await get("mails");
    const known = new Set(this.#mails.map((mail) => mail.id));
    const first = this.#seen === null;
    this.#seen ??= new Set(mails.map((mail) => mail.id));
    this.#mails = [...mails].sort((a, b) => new Date(b.date) - new Date(a.date));
    if (this.#open === null) this.#show(null);
    else this.#count();
    return first ? [] : mails.filter((mail) => !known.has(mail.id));
  }

  show(id) {
    this.#show(id);
  }

  get unread() {
    return this.#mails.filter((mail) => !this.#seen.has(mail.id)).length;
  }

  #show(id) {
    const before = this.#open;
    const mail = this.#mails.find((item) => item.id === id);
    this.#open = mail?.id ?? null;
    if (mail) this.#seen.add(mail.id);
    this.#back.hidden = !mail;
    this.#title.textContent = t("mailbox");
    const body = mail ? this.#opened(mail) : this.#list();
    this.#body.replaceWith(body);
    this.#body = body;
    this.#count();
    if (mail) this.#back.focus({ focusVisible: false });
    else if (before !== null) this.#section.querySelector(`[data-mail="${CSS.escape(before)}"]`)?.focus({ focusVisible: false });
  }

  #count() {
    this.#badge.hidden = this.unread === 0;
    this.#badge.textContent = String(this.unread);
    this.#badge.setAttribute("aria-label", t("unread", { n: this.unread }));
    this.#onCount(this.unread);
  }

  #list() {
    if (!this.#mails.length) return el("p", { class: "mail-list empty" }, t("noMail"));
    return el("ul", { class: "mail-list" }, ...this.#mails.map((mail) =>
      el("li", {}, el("button", { type: "button", "data-mail": mail.id, class: `mail-row ${this.#seen.has(mail.id) ? "" : "new"}`, onclick: () => this.#show(mail.id) },
        el("div", { class: "top" }, el("span", {}, `${t("to")} ${addresses(mail.to)}`), el("span", {}, mailDate(new Date(mail.date)))),
        el("div", { class: "subject", dir: "auto" }, mail.subject || t("noSubject"))))));
  }

  #opened(mail) {
    const fields = [`${t("from")} ${mail.from}`, `${t("to")} ${addresses(mail.to)}`, mailDate(new Date(mail.date))];
    const files = mail.attachments ?? [];
    return el("article", { class: "mail-open" }, el("h3", { dir: "auto" }, mail.subject || t("noSubject")),
      el("p", { class: "mail-fields" }, ...fields.flatMap((field) => [field, el("br")])),
      mail.html ? this.#frame(mail.html) : el("div", { class: "mail-text", dir: "auto" }, ...this.#linked(mail.text ?? "")),
      files.length > 0 && el("div", { class: "mail-files" }, ...files.map(attachment)));
  }

  /** No script runs in it (sandbox); same origin, so that its height and its links are ours. */
  #frame(html) {
    const frame = el("iframe", { class: "mail-frame", sandbox: "allow-same-origin", title: t("mailBody"), srcdoc: withoutScripts(html) });
    frame.addEventListener("load", () => {
      const inside = frame.contentDocument;
      frame.style.height = `${inside.documentElement.scrollHeight + 4}px`;
      inside.addEventListener("click", (event) => {
        const href = event.target.closest?.("a")?.href;
        event.preventDefault();
        if (href) this.#openLink(href);
      });
    });
    return frame;
  }

  #linked(text) {
    const parts = [];
    let from = 0;
    for (const { 0: href, index } of text.matchAll(LINK)) {
      parts.push(text.slice(from, index), el("a", { href, onclick: (event) => (event.preventDefault(), this.#openLink(href)) }, href));
      from = index + href.length;
    }
    return [...parts, text.slice(from)];
  }
}

function withoutScripts(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const script of page.querySelectorAll("script")) script.remove();
  return page.documentElement.outerHTML;
}

const addresses = (to) => [to ?? []].flat().join(", ");

function attachment(file) {
  const row = fileRow({ ...file, file_name: file.file_name ?? file.filename ?? file.name });
  const content = file.base64 ?? file.content;
  if (file.url) row.href = file.url.replace(/^\//, "");
  else if (content) row.href = `data:${file.mime_type ?? "application/octet-stream"};base64,${content}`;
  return row;
}
