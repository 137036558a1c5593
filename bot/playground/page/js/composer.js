// What the person can do: write, send a command, attach, start, unblock.
import { inChat, upload } from "./api.js";
import { el, icon } from "./dom.js";
import { key } from "./keyboard.js";
import { ask, complain } from "./notices.js";
import { popup } from "./popup.js";
import { t } from "./words.js";

export class Composer {
  #footer; #person; #unblock;
  #commands = [];
  #reply = el("div", { class: "reply-keys", role: "group", "aria-label": t("buttons"), hidden: true });
  #row; #text; #send; #menu; #big; #list;

  constructor(footer, person, unblock) {
    this.#footer = footer;
    this.#person = person;
    this.#unblock = unblock;
    this.#build();
  }

  #build() {
    this.#text = el("textarea", { id: "write", rows: 1, placeholder: t("write"), "aria-label": t("writeTo"), dir: "auto", maxlength: 20000, enterkeyhint: "send",
      oninput: () => this.#typed(), onkeydown: (event) => this.#keyed(event) });
    this.#send = el("button", { type: "button", class: "round send", "aria-label": t("send"), onclick: () => this.#submit(), disabled: true }, icon("send"));
    this.#menu = el("button", { type: "button", class: "menu-button", "aria-label": t("commands"), "aria-haspopup": "true" }, icon("menu"), el("span", {}, t("menu")));
    const attach = el("button", { type: "button", class: "round", "aria-label": t("attach"), "aria-haspopup": "true" }, icon("attach"));
    this.#list = popup(this.#footer, this.#menu, () => this.#commandRows(""));
    popup(this.#footer, attach, () => this.#attachRows(), "corner");
    this.#row = el("div", { class: "composer-row" }, this.#menu, this.#text, attach, this.#send);
    this.#big = el("button", { type: "button", class: "big-action", hidden: true });
    this.#footer.append(this.#reply, this.#row, this.#big);
  }

  /** What can be done now depends on the chat. */
  show({ empty, blocked, commands, replyKeyboard }) {
    this.#commands = commands;
    this.#menu.hidden = commands.length === 0;
    this.#big.hidden = !(empty || blocked);
    this.#row.hidden = !this.#big.hidden;
    this.#big.textContent = t(blocked ? "unblock" : "start");
    this.#big.onclick = () => (blocked ? this.#unblock() : this.#do("start"));
    this.#replyKeys(blocked ? null : replyKeyboard);
  }

  clear() {
    this.#text.value = "";
    this.#typed();
  }

  say(text) {
    return this.#do("text", { text });
  }

  async #do(action, body = {}) {
    try {
      await inChat(this.#person(), action, body);
    } catch (error) {
      complain(error);
    }
  }

  #submit() {
    const text = this.#text.value.trim();
    if (!text) return;
    this.clear();
    this.say(text);
    this.#text.focus();
  }

  #keyed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #typed() {
    const area = this.#text;
    area.style.height = "38px";
    if (area.value) area.style.height = `${area.scrollHeight}px`;
    this.#send.disabled = area.value.trim() === "";
    this.#menu.querySelector("span").hidden = area.value !== "";
    const asked = /^\/\w*$/.test(area.value);
    if (asked) this.#list.show(this.#commandRows(area.value.slice(1)));
    else this.#list.hide();
  }

  #commandRows(prefix) {
    return this.#commands.filter(({ command }) => command.startsWith(prefix)).map(({ command, description }) =>
      el("button", { type: "button", onclick: () => (this.clear(), this.say(`/${command}`)) },
        el("span", { class: "cmd" }, `/${command}`), el("span", { class: "cmd-text", dir: "auto" }, description)));
  }

  #attachRows() {
    const pick = (action, accept) => {
      const input = el("input", { type: "file", accept });
      input.addEventListener("change", () => input.files[0] && upload(this.#person(), action, input.files[0]).catch(complain));
      input.click();
    };
    const row = (name, onclick) => el("button", { type: "button", onclick }, icon(name === "document" ? "file" : name === "sticker" ? "smile" : name), t(name));
    return [row("photo", () => pick("photo", "image/*")), row("document", () => pick("document")),
      row("sticker", () => this.#do("sticker")), row("contact", () => this.#contact())];
  }

  async #contact() {
    const phone = await ask({ title: t("phoneTitle"), text: "", confirm: t("send"), field: "+33 6 12 34 56 78" });
    if (phone) await this.#do("contact", { phone: phone.replace(/[^+\d]/g, ""), own: true });
  }

  #replyKeys(markup) {
    const rows = markup?.keyboard ?? (Array.isArray(markup) ? markup : []);
    this.#reply.hidden = rows.length === 0;
    this.#text.placeholder = markup?.input_field_placeholder ?? t("write");
    this.#reply.replaceChildren(...rows.map((row) => el("div", { class: "keys-row", vars: { "--cols": row.length } }, ...row.map((item) => this.#replyKey(item)))));
  }

  #replyKey(item) {
    const button = typeof item === "string" ? { text: item } : item;
    return key({ text: button.text, style: button.style, kind: "text" }, () => (button.request_contact ? this.#contact() : this.say(button.text)));
  }
}
