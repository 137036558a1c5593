// What stands around the chat: the bot's bar, the strip of a narrow screen, the settings.
import { avatar, el, icon } from "./dom.js";
import { popup } from "./popup.js";
import { isDark, switchTheme } from "./theme.js";
import { language, switchLanguage, t } from "./words.js";

export class Bar {
  #state = el("div", { class: "bar-state" });
  #name = el("div", { class: "bar-name", id: "bot-name", role: "heading", "aria-level": "1" });
  #picture = el("span", { class: "avatar", "aria-hidden": "true" }, el("img", { src: "img/icon.svg", alt: "" }));
  #timer = 0;

  constructor(header, rows) {
    const more = el("button", { type: "button", class: "round", "aria-label": t("more"), "aria-haspopup": "true" }, icon("more"));
    header.append(this.#picture, el("div", { class: "bar-text" }, this.#name, this.#state), more);
    popup(header, more, rows, "top");
    this.quiet();
  }

  name(text) {
    this.#name.textContent = text;
  }

  typing() {
    clearTimeout(this.#timer);
    this.#state.className = "bar-state typing";
    this.#state.replaceChildren(el("span", { class: "dots" }, t("typing")));
    this.#timer = setTimeout(() => this.quiet(), 5000);
  }

  quiet() {
    this.#state.className = "bar-state";
    this.#state.textContent = t("bot");
  }
}

/** The four buttons of a narrow screen; `show(view)` puts chat, people, clock or mail before the reader. */
export class Strip {
  #nav; #onShow; #words = {}; #badges = {}; #face = el("span");

  constructor(nav, onShow) {
    this.#nav = nav;
    this.#onShow = onShow;
    nav.setAttribute("aria-label", "Cartable");
    const entries = [["chat", icon("chat")], ["people", this.#face, "who"], ["clock", icon("clock")], ["mail", icon("mail"), "mail"]];
    nav.append(...entries.map((entry) => this.#button(...entry)));
    this.word("chat", t("chat"));
    this.word("mail", t("mailbox"));
    this.show("chat");
  }

  #button(view, picture, look = "") {
    this.#words[view] = el("span", { class: "word" });
    this.#badges[view] = el("span", { class: "badge", hidden: true });
    return el("button", { type: "button", class: look, "data-view": view, onclick: () => this.show(view) },
      el("span", { class: "face" }, picture, this.#badges[view]), this.#words[view]);
  }

  show(view) {
    if (document.body.dataset.view !== view) this.#onShow(view);
    document.body.dataset.view = view;
    for (const button of this.#nav.children) button.setAttribute("aria-current", String(button.dataset.view === view));
  }

  word(view, text) {
    if (this.#words[view].textContent !== text) this.#words[view].textContent = text;
  }

  who(person) {
    const face = avatar(person, "small");
    this.#face.replaceWith(face);
    this.#face = face;
    this.word("people", person.first_name);
  }

  count(view, n) {
    this.#badges[view].hidden = n === 0;
    this.#badges[view].textContent = String(n);
    this.#badges[view].setAttribute("aria-label", t("unread", { n }));
  }
}

export class Settings {
  #footer;

  constructor(footer) {
    this.#footer = footer;
    this.draw();
  }

  draw() {
    const theme = el("button", { type: "button", class: "chip", onclick: () => (switchTheme(), this.draw()) },
      icon(isDark() ? "sun" : "moon"), t(isDark() ? "light" : "dark"));
    const words = el("button", { type: "button", class: "chip", lang: language === "en" ? "fr" : "en", onclick: switchLanguage }, icon("globe"), t("otherLanguage"));
    this.#footer.replaceChildren(theme, words);
  }
}
