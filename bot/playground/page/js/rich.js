// Blocks of a rich message: tables, headings, lists, folds, rows of buttons.
import { fileRow, photo } from "./attachments.js";
import { el, icon } from "./dom.js";
import { quote, sanitise } from "./sanitise.js";
import { plain, richKey, richText } from "./richtext.js";
import { t } from "./words.js";

export function rich(message, actions) {
  const content = message.rich ?? {};
  const box = el("div", { class: "rich", dir: content.is_rtl ? "rtl" : "auto" });
  if (content.blocks) box.append(...blocks(content.blocks, actions));
  else if (content.html) box.append(sanitise(content.html, actions));
  else box.append(el("p", {}, content.markdown ?? t("unsupported")));
  return box;
}

/** Whether a message of these blocks wants the whole width. */
export function isBroad(list = []) {
  return list.some((block) => block.type === "table" || isBroad(block.blocks));
}

const blocks = (list, actions) => (list ?? []).flatMap((block) => (BLOCKS[block.type] ?? unknown)(block, actions));
const one = (tag, props = {}) => (block, actions) => [el(tag, { dir: "auto", ...props }, ...richText(block.text, actions))];

const BLOCKS = {
  paragraph: one("p"),
  footer: one("p", { class: "small" }),
  pre: one("pre"),
  thinking: one("p", { class: "small" }),
  heading: (block, actions) => one(`h${Math.min(6, Math.max(1, block.size ?? 3))}`)(block, actions),
  divider: () => [el("hr")],
  anchor: () => [],
  mathematical_expression: (block) => [el("pre", {}, block.expression ?? "")],
  blockquote: (block, actions) => [quote(quoted(block, actions), false)],
  expandable_blockquote: (block, actions) => [quote(quoted(block, actions), true)],
  pullquote: (block, actions) => [quote(quoted(block, actions), false)],
  list: (block, actions) => [list(block, actions)],
  details: (block, actions) => [
    el("details", { open: block.is_open }, el("summary", { dir: "auto" }, ...richText(block.summary, actions)), ...blocks(block.blocks, actions)),
  ],
  buttons: (block, actions) => [
    el("div", { class: "rich-buttons", role: "group", "aria-label": t("buttons") }, ...block.buttons.map((button) => richKey(button, actions))),
  ],
  table: (block, actions) => [table(block, actions)],
  document: (block) => [fileRow(block.document ?? {})],
  photo: (block) => [photo(Array.isArray(block.photo) ? block.photo.at(-1) : block.photo)].filter(Boolean),
};

function unknown() {
  return [el("p", { class: "small" }, t("unsupported"))];
}

function quoted(block, actions) {
  const credit = block.credit ? [el("p", { class: "small" }, ...richText(block.credit, actions))] : [];
  return [...richText(block.text, actions), ...blocks(block.blocks, actions), ...credit];
}

function list(block, actions) {
  const items = block.items ?? [];
  if (items.some((item) => item.has_checkbox)) {
    return el("ul", { class: "boxes" }, ...items.map((item) =>
      el("li", { class: "box" }, icon(item.is_checked ? "boxOn" : "boxOff"), el("div", {}, ...blocks(item.blocks, actions)))));
  }
  const numbered = items.some((item) => item.type || item.value);
  return el(numbered ? "ol" : "ul", {}, ...items.map((item) => el("li", { value: item.value }, ...blocks(item.blocks, actions))));
}

function table(block, actions) {
  const look = ["bordered", "striped", "compact"].filter((name) => block[`is_${name}`]).join(" ");
  const caption = block.caption && el("caption", { dir: "auto" }, ...richText(block.caption, actions));
  const rows = block.cells.map((row) => el("tr", {}, ...row.map((item) => cell(item, actions))));
  const name = plain(block.caption) || t("table");
  return el("div", { class: "table-box", role: "region", "aria-label": name, tabindex: 0 },
    el("table", { class: look }, caption, el("tbody", {}, ...rows)));
}

function cell(item, actions) {
  const none = item.text === undefined || item.text === null;
  const look = `cell-${item.align ?? "left"} cell-${item.valign ?? "middle"} ${none ? "none" : ""}`;
  const span = { colspan: item.colspan, rowspan: item.rowspan };
  return el(item.is_header ? "th" : "td", { class: look, dir: "auto", scope: item.is_header ? "col" : null, ...span }, ...richText(item.text, actions));
}
