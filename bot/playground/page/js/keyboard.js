// Inline keyboards: rows of equal buttons, one stop of the Tab key, arrows inside.
import { el, icon } from "./dom.js";
import { keepFitted } from "./fit.js";
import { t } from "./words.js";

const STYLES = new Set(["primary", "success", "danger", "link"]);
const MOST_COLUMNS = 8;
const MARKS = { url: ["link", "link"], copy: ["copy", "copyButton"], pay: ["card", "pay"] };

/** One button, `{text, kind, style?, data?, url?, copy?, disabled?}`; `press(button)` is called on a click. */
export function key(button, press) {
  const style = STYLES.has(button.style) ? `${button.style}-key` : "";
  const mark = MARKS[button.kind];
  const node = el("button", {
    type: "button", class: `key ${style}`, disabled: button.disabled, title: button.text, dir: "auto",
    "aria-label": mark ? `${button.text} (${t(mark[1])})` : button.text, onclick: () => press(button),
  }, el("span", { class: "key-label" }, button.text), mark && icon(mark[0], "icon key-mark"));
  if (button.data) node.dataset.data = button.data;
  return node;
}

export function keyboard(rows, press) {
  const keys = el("div", { class: "keys", role: "group", "aria-label": t("buttons") });
  for (const row of rows.filter((buttons) => buttons.length)) {
    const shown = row.slice(0, MOST_COLUMNS);
    keys.append(el("div", { class: "keys-row", vars: { "--cols": shown.length } }, ...shown.map((button) => key(button, press))));
  }
  keys.addEventListener("keydown", move);
  keys.addEventListener("focusin", (event) => becomeStop(keys, event.target));
  becomeStop(keys, keys.querySelector(".key:enabled"));
  keepFitted(keys);
  return keys;
}

export const columnsOf = (rows) => Math.min(MOST_COLUMNS, Math.max(0, ...rows.map((row) => row.length)));

function becomeStop(keys, chosen) {
  for (const node of keys.querySelectorAll(".key")) node.tabIndex = node === chosen ? 0 : -1;
}

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** To the next enabled button in the arrow's direction; shorter rows are met at their last button. */
function move(event) {
  const step = MOVES[event.key];
  if (!step) return;
  event.preventDefault();
  const rows = [...event.currentTarget.children].map((row) => [...row.children]);
  let [y, x] = place(rows, document.activeElement);
  let next;
  do {
    [y, x] = [y + step[0], x + step[1]];
    next = rows[y]?.[step[0] ? Math.min(x, rows[y].length - 1) : x];
  } while (next?.disabled);
  next?.focus();
}

export function place(rows, node) {
  const y = rows.findIndex((row) => row.includes(node));
  return [y, y < 0 ? -1 : rows[y].indexOf(node)];
}
