// Buttons that were pressed and whose answer is still to come.

const PATIENCE_MS = 20_000;

export class Presses {
  #waiting = new Map(); // "message:data" -> timer
  #keys = new Map(); // callback id -> "message:data"
  #early = new Map(); // answers that came before the press was acknowledged
  #onChange;
  #onSilence;

  constructor(onChange, onSilence) {
    this.#onChange = onChange;
    this.#onSilence = onSilence;
  }

  isWaiting(messageId, data) {
    return this.#waiting.has(`${messageId}:${data}`);
  }

  begin(messageId, data) {
    const key = `${messageId}:${data}`;
    clearTimeout(this.#waiting.get(key));
    this.#waiting.set(key, setTimeout(() => this.#end(key) && this.#onSilence(), PATIENCE_MS));
    this.#onChange();
    return key;
  }

  /** The press is known to the server as `callbackId`; an answer may already be here. */
  acknowledge(key, callbackId) {
    this.#keys.set(callbackId, key);
    if (this.#early.delete(callbackId)) this.#end(key);
  }

  answered(callbackId) {
    const key = this.#keys.get(callbackId);
    if (key) this.#end(key);
    else this.#early.set(callbackId, true);
    this.#keys.delete(callbackId);
  }

  fail(key) {
    this.#end(key);
  }

  /** Callback ids still waiting, to ask again after the line was cut. */
  unanswered() {
    return [...this.#keys].filter(([, key]) => this.#waiting.has(key)).map(([id]) => id);
  }

  #end(key) {
    clearTimeout(this.#waiting.get(key));
    const was = this.#waiting.delete(key);
    this.#onChange();
    return was;
  }
}
