// The simulated time, and what moves it.
import { get, post } from "./api.js";
import { longDate, span, time, weekday } from "./dates.js";
import { el, icon } from "./dom.js";
import { complain } from "./notices.js";
import { t } from "./words.js";

export class Clock {
  #ahead = 0;
  #shifted = 0;
  #busy = false;
  #time = el("span", { class: "clock-time" });
  #date = el("span", { class: "clock-date" });
  #note = el("p", { class: "clock-note", role: "status" });
  #buttons;
  #onTick;

  constructor(section, onTick) {
    this.#onTick = onTick;
    const night = el("button", { type: "button", class: "primary", onclick: () => this.#move({ jump: "tonight" }, night, t("tonightBusy")) },
      icon("night"), el("span", {}, t("tonight")));
    const step = (word, by) => {
      const node = el("button", { type: "button", class: "chip", onclick: () => this.#move({ by }, node, t("clockMoving")) }, el("span", {}, t(word)));
      return node;
    };
    this.#buttons = [night, step("plusHour", 3600), step("plusDay", 86_400)];
    section.append(el("h2", { id: "clock-title" }, t("clockTitle")), el("div", { class: "clock-now" }, this.#time, this.#date),
      night, el("div", { class: "clock-steps" }, ...this.#buttons.slice(1)),
      el("p", { class: "clock-note" }, t("clockHint")), this.#note);
    setInterval(() => this.#tick(), 1000);
  }

  now() {
    return Date.now() + this.#ahead;
  }

  label() {
    return `${weekday(this.now())} ${time(this.now())}`;
  }

  async load() {
    this.#set(await get("clock"));
  }

  #set({ now, shifted_by: shifted = 0 }) {
    this.#ahead = new Date(now).getTime() - Date.now();
    this.#shifted = shifted;
    this.#tick();
  }

  #tick() {
    const [clock, day] = [time(this.now()), longDate(this.now())];
    if (this.#time.textContent !== clock) this.#time.textContent = clock;
    if (this.#date.textContent !== day) this.#date.textContent = day;
    if (!this.#busy) this.#say(this.#difference());
    this.#onTick(clock);
  }

  #say(text) {
    if (this.#note.textContent !== text) this.#note.textContent = text;
  }

  #difference() {
    if (Math.abs(this.#shifted) < 60) return t("clockReal");
    return t(this.#shifted > 0 ? "clockShifted" : "clockLate", { d: span(this.#shifted) });
  }

  async #move(how, button, words) {
    const face = [...button.childNodes];
    this.#wait(true);
    this.#say(words);
    button.replaceChildren(el("span", { class: "spinner" }), el("span", {}, words));
    try {
      this.#set(await post("clock", how));
    } catch (error) {
      complain(error);
    } finally {
      button.replaceChildren(...face);
      this.#wait(false);
      await this.load().catch(complain);
    }
  }

  #wait(busy) {
    this.#busy = busy;
    for (const button of this.#buttons) {
      button.disabled = busy;
      button.setAttribute("aria-busy", String(busy));
    }
  }
}
