// The log of one chat: kept in order, redrawn in place, still where the reader is.
import { dayKey, dayLabel } from "./dates.js";
import { arrange, el } from "./dom.js";
import { draw } from "./message.js";
import { place } from "./keyboard.js";
import { Presses } from "./presses.js";
import { t } from "./words.js";

const NEAR_PX = 80;

export class Chat {
  #log; #jump; #actions; #now;
  #messages = new Map();
  #nodes = new Map();
  #days = new Map();
  #stuck = true;
  #missed = 0;
  bot = {};

  constructor(log, jump, actions, now) {
    this.#log = log;
    this.#jump = jump;
    this.#now = now;
    this.presses = new Presses(() => this.#shimmer(), () => actions.toast(t("noAnswer")));
    this.#actions = actions;
    log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    jump.addEventListener("click", () => this.#toBottom(true));
    new ResizeObserver(() => this.#stuck && this.#toBottom()).observe(log);
    log.addEventListener("load", () => this.#stuck && this.#toBottom(), true);
    log.addEventListener("toggle", () => this.#scrolled(), true);
  }

  get messages() {
    return [...this.#messages.values()].sort((a, b) => a.message_id - b.message_id);
  }

  /** Another person's chat: everything anew, seen from its end. */
  open(messages) {
    for (const known of [this.#messages, this.#nodes, this.#days]) known.clear();
    this.#missed = 0;
    this.#log.setAttribute("aria-busy", "true");
    this.#log.replaceChildren();
    this.#stuck = true;
    this.sync(messages, { quiet: true });
    this.#log.removeAttribute("aria-busy");
  }

  /** The same chat after the line was cut. */
  sync(messages, { quiet = false } = {}) {
    this.#keepingPlace(() => {
      const ids = new Set(messages.map((message) => message.message_id));
      for (const id of [...this.#messages.keys()].filter((known) => !ids.has(known))) this.#forget(id);
      for (const message of messages) this.#put(message, quiet);
    });
  }

  put(message) {
    this.#keepingPlace(() => this.#put(message, false));
  }

  remove(id) {
    this.#keepingPlace(() => this.#forget(id));
  }

  #forget(id) {
    this.#messages.delete(id);
    this.#nodes.delete(id);
  }

  #put(message, quiet) {
    const before = this.#messages.get(message.message_id);
    if (before && JSON.stringify(before) === JSON.stringify(message)) return;
    this.#messages.set(message.message_id, message);
    const node = this.#nodes.get(message.message_id) ?? el("article");
    const focus = focusIn(node);
    draw(node, message, { ...this.#actions, press: (button) => this.#actions.press(message, button) });
    focusAgain(node, focus);
    if (before) return;
    if (!quiet) this.#arrived(message, node);
    this.#nodes.set(message.message_id, node);
  }

  #arrived(message, node) {
    node.classList.add("fresh");
    node.addEventListener("animationend", () => node.classList.remove("fresh"), { once: true });
    if (message.from === "user") this.#stuck = true;
    else if (!this.#stuck) this.#missed += 1;
  }

  #keepingPlace(change) {
    const log = this.#log;
    const anchor = [...log.children].find((node) => node.matches(".msg") && node.offsetTop + node.offsetHeight > log.scrollTop);
    const top = anchor?.offsetTop;
    change();
    this.#arrange();
    if (this.#stuck) this.#toBottom();
    else if (anchor?.isConnected) log.scrollTop += anchor.offsetTop - top;
    this.#scrolled();
    this.#shimmer();
  }

  #arrange() {
    const wanted = [];
    let day = "";
    let author = "";
    for (const message of this.messages) {
      const key = dayKey(message.date * 1000);
      if (key !== day) wanted.push(this.#day(key, message.date * 1000));
      const node = this.#nodes.get(message.message_id);
      node.classList.toggle("joined", key === day && author === message.from);
      [day, author] = [key, message.kind === "service" ? "" : message.from];
      wanted.push(node);
    }
    arrange(this.#log, wanted.length ? wanted : [this.#welcome()]);
  }

  #day(key, moment) {
    if (!this.#days.has(key)) this.#days.set(key, el("div", { class: "day", role: "separator" }));
    const label = dayLabel(moment, this.#now());
    const node = this.#days.get(key);
    if (node.textContent !== label) node.textContent = label;
    return node;
  }

  #welcome() {
    return el("div", { class: "welcome" }, el("img", { class: "avatar", src: "img/icon.svg", alt: "" }),
      el("h3", {}, t("welcome")), el("p", { dir: "auto" }, this.bot.description || t("welcomeText")));
  }

  #scrolled() {
    const log = this.#log;
    this.#stuck = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
    if (this.#stuck) this.#missed = 0;
    this.#jump.hidden = this.#stuck;
    this.#jump.querySelector(".badge")?.remove();
    if (this.#missed) this.#jump.append(el("span", { class: "badge" }, String(this.#missed)));
  }

  #toBottom(smooth = false) {
    this.#log.scrollTo({ top: this.#log.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  #shimmer() {
    for (const node of this.#log.querySelectorAll(".key[data-data]")) {
      const busy = this.presses.isWaiting(node.closest("article").dataset.id, node.dataset.data);
      node.classList.toggle("busy", busy);
      if (busy) node.setAttribute("aria-busy", "true");
      else node.removeAttribute("aria-busy");
    }
  }
}

const rowsOf = (node) => [...node.querySelectorAll(".keys-row")].map((row) => [...row.children]);

function focusIn(node) {
  const active = document.activeElement;
  return node.contains(active) && active.matches(".key") ? { data: active.dataset.data, at: place(rowsOf(node), active) } : null;
}

/** After a redraw the keyboard user is on the same button, or on the one in its place. */
function focusAgain(node, focus) {
  if (!focus) return;
  const rows = rowsOf(node);
  const same = [...node.querySelectorAll(".key")].find((key) => key.dataset.data === focus.data);
  (same ?? rows[focus.at[0]]?.[focus.at[1]])?.focus({ preventScroll: true });
}
