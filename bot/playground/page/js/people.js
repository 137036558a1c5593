// Who can be played, with what each needs to log in.
import { arrange, avatar, el, fullName, icon } from "./dom.js";
import { copy } from "./notices.js";
import { t } from "./words.js";

const DEEP_LINK = /^https:\/\/t\.me\/\S+$/;
const SECRET = /^(identifiant|mot de passe|login|password|e-?mail|code)\s*:?\s+(\S.*)$/i;

export class People {
  #list; #choose; #openLink;
  #unread = new Map();
  all = [];
  /** How often the counts changed: a list asked for before a change is old. */
  changes = 0;
  current = null;

  /** `openLink(id, href)`: a link of that person's own, in their chat. */
  constructor(list, choose, openLink) {
    this.#list = list;
    this.#choose = choose;
    this.#openLink = openLink;
  }

  find(id) {
    return this.all.find((person) => person.id === id);
  }

  unread(id) {
    return this.#unread.get(id) ?? 0;
  }

  get totalUnread() {
    return [...this.#unread.values()].reduce((sum, n) => sum + n, 0);
  }

  /** The server's list, with what each had not read before this page was opened. */
  take(list) {
    this.all = list;
    this.#unread = new Map(list.filter((person) => person.unread && person.id !== this.current).map((person) => [person.id, person.unread]));
    this.draw();
  }

  /** `unread` as the server counts it. */
  missed(id, unread) {
    this.changes += 1;
    this.#unread.set(id, unread);
    this.draw();
  }

  seen(id) {
    this.changes += 1;
    this.#unread.delete(id);
    this.draw();
  }

  draw() {
    const focused = document.activeElement?.closest?.(".person")?.dataset.id;
    arrange(this.#list, this.all.map((person) => this.#row(person)));
    if (focused) this.#list.querySelector(`[data-id="${focused}"] .person-open`)?.focus();
  }

  #row(person) {
    const current = person.id === this.current;
    const unread = this.unread(person.id);
    const badge = unread > 0 && el("span", { class: "badge", "aria-label": t("unread", { n: unread }) }, String(unread));
    return el("li", { class: `person ${current ? "current" : ""}`, "data-id": person.id },
      el("button", { type: "button", class: "person-open", "aria-current": current ? "true" : null, onclick: () => this.#choose(person.id) },
        avatar(person),
        el("span", { class: "person-text" }, el("div", { class: "person-name", dir: "auto" }, fullName(person)), el("div", { class: "person-role" }, role(person.role))),
        badge),
      person.note && el("div", { class: "person-note" }, ...note(person.note, (href) => this.#openLink(person.id, href))));
  }
}

const KNOWN = ["parent", "agent", "reader", "manager"];
const role = (name) => (KNOWN.includes(name) ? t(name) : name ?? "");

/** "Identifiant X · mot de passe Y · 2 enfants · https://t.me/…": copied, copied, read, opened. */
function note(text, openLink) {
  return text.split(/\s+·\s+/).map((part) => {
    if (DEEP_LINK.test(part.trim())) return el("button", { type: "button", class: "secret", onclick: () => openLink(part.trim()) }, el("span", {}, t("openLetter")), icon("link"));
    const secret = SECRET.exec(part.trim());
    if (!secret) return el("span", { dir: "auto" }, part);
    const [, label, value] = secret;
    return el("button", { type: "button", class: "secret", "aria-label": t("copyWhat", { text: `${label} ${value}` }), onclick: () => copy(value) },
      el("span", {}, label), el("code", {}, value), icon("copy"));
  });
}
