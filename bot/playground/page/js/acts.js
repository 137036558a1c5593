// What the person does in the chat that is shown: presses, links, payments, blocking.
import { inChat } from "./api.js";
import { ask, complain, copy, toast } from "./notices.js";
import { t } from "./words.js";

/** `app` is what main.js puts together; its parts are asked for at the moment of the act. */
export class Acts {
  #app;

  constructor(app) {
    this.#app = app;
  }

  press(message, button) {
    if (button.kind === "url") return this.openLink(button.url);
    if (button.kind === "copy") return copy(button.copy);
    if (button.kind === "pay") return this.#pay(message);
    return this.#callBack(message, button.data);
  }

  /** A deep link to the bot is opened here; any other is asked about first. */
  openLink(href) {
    const url = new URL(href, location.href);
    if (!this.#isOurs(url)) return ask({ title: t("openLink"), text: url.href, confirm: t("open"), link: url.href });
    this.#app.strip.show("chat");
    return this.#trying("start", { payload: url.searchParams.get("start") ?? "" });
  }

  async switchBlock() {
    const { state } = this.#app;
    const block = !state.blocked;
    if (!(await this.#trying(block ? "block" : "unblock"))) return;
    state.blocked = block;
    toast(t(block ? "blockedNow" : "unblockedNow"));
    this.#app.drawComposer();
  }

  async #callBack(message, data) {
    const { presses } = this.#app.chat;
    const waiting = presses.begin(message.message_id, data);
    const pressed = await this.#trying("press", { data, message_id: message.message_id });
    if (pressed) presses.acknowledge(waiting, pressed.callback_id);
    else presses.fail(waiting);
  }

  async #pay(message) {
    const bill = message.invoice ?? {};
    const text = [bill.title, bill.description].filter(Boolean).join("\n");
    if (!(await ask({ title: t("payTitle"), text, confirm: t("pay") }))) return;
    const paid = await this.#trying("pay", { message_id: message.message_id });
    if (paid?.ok) toast(t("paid"));
    else if (paid) toast(t("notPaid", { why: paid.error ?? "" }), { problem: true });
  }

  /** The server's answer, or null when it refused, which was said. */
  async #trying(action, body) {
    try {
      return await inChat(this.#app.people.current, action, body);
    } catch (error) {
      complain(error);
      return null;
    }
  }

  #isOurs(url) {
    const name = url.pathname.slice(1).toLowerCase();
    return /^(www\.)?(t|telegram)\.me$/.test(url.hostname) && name === (this.#app.state.bot.username ?? "").toLowerCase();
  }
}
