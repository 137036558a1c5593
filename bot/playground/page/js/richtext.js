// Rich text nodes (a string, a list, or {"type": …}) as elements.
import { el } from "./dom.js";
import { key } from "./keyboard.js";
import { anchor, command, spoiler } from "./sanitise.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", marked: "mark", subscript: "sub", superscript: "sup" };
const LINKS = { url: (node) => node.url, email_address: (node) => `mailto:${node.email_address ?? plain(node.text)}`, phone_number: (node) => `tel:${node.phone_number ?? plain(node.text)}` };

export function richText(node, actions) {
  if (node === null || node === undefined) return [];
  if (typeof node === "string") return [node];
  if (Array.isArray(node)) return node.flatMap((item) => richText(item, actions));
  if (node.type === "button") return [richKey(node.button, actions)];
  if (node.type === "bot_command") return [command(plain(node.text), actions)];
  const children = richText(node.text, actions);
  if (node.type === "spoiler") return [spoiler(children)];
  if (LINKS[node.type]) return [anchor(LINKS[node.type](node), children, actions)];
  if (TAGS[node.type]) return [el(TAGS[node.type], {}, ...children)];
  return children.length ? children : [node.alternative_text ?? node.expression ?? ""];
}

export function plain(node) {
  if (node === null || node === undefined) return "";
  if (typeof node === "string") return node;
  if (Array.isArray(node)) return node.map(plain).join("");
  return plain(node.text ?? node.button?.text);
}

export function richKey(button, actions) {
  const text = plain(button.text);
  const common = { text, style: button.style, disabled: button.disabled !== undefined && button.disabled !== false && button.disabled !== null };
  if (button.callback_data) return key({ ...common, kind: "callback", data: button.callback_data }, actions.press);
  if (button.copy_text) return key({ ...common, kind: "copy", copy: button.copy_text.text }, actions.press);
  if (button.url) return key({ ...common, kind: "url", url: button.url }, actions.press);
  return key({ ...common, kind: "callback", disabled: true }, actions.press);
}
