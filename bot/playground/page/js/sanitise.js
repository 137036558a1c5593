// The server renders entities to safe HTML; nothing but these tags and attributes gets through anyway.
import { el } from "./dom.js";
import { t } from "./words.js";

const SAME = new Set(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "br", "p", "mark", "sub", "sup",
  "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "hr", "table", "caption", "thead", "tbody", "tr", "details", "summary", "footer"]);
const DROPPED = new Set(["script", "style", "iframe", "object", "embed", "template", "noscript", "svg", "math", "form"]);
const ENDS_ITS_LINE = new Set(["blockquote", "pre"]);
const SAFE_LINK = /^(https?:|mailto:|tel:|tg:)/i;
const COMMAND = /(^|\s)(\/[a-z][a-z0-9_]{0,31})(?![\w/])/gi;

/** A fragment with the allowed part of `html`; `open` is asked about links and commands. */
export function sanitise(html, actions) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  fragment.append(...copies(parsed.body, actions));
  return fragment;
}

function copies(parent, actions) {
  return [...parent.childNodes].flatMap((node) => {
    // The newline after a block ended the block's own line: it is no empty line.
    if (node.nodeType === Node.TEXT_NODE && ENDS_ITS_LINE.has(node.previousSibling?.localName)) node.data = node.data.replace(/^\n/, "");
    return copy(node, actions);
  });
}

function copy(node, actions) {
  if (node.nodeType === Node.TEXT_NODE) return node.parentNode.closest("a, code, pre") ? [node.data] : withCommands(node.data, actions);
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const tag = node.localName;
  if (DROPPED.has(tag)) return [];
  const children = copies(node, actions);
  if (tag === "a") return [anchor(node.getAttribute("href") ?? "", children, actions)];
  if (tag === "td" || tag === "th") return [cell(node, children)];
  if (tag === "blockquote") return [quote(children, node.hasAttribute("expandable") || node.classList.contains("expandable"))];
  if (tag === "tg-spoiler" || node.matches("span.tg-spoiler, span.spoiler")) return [spoiler(children)];
  return SAME.has(tag) ? [el(tag, {}, ...children)] : children;
}

function cell(node, children) {
  const number = (name) => (/^\d{1,2}$/.test(node.getAttribute(name) ?? "") ? node.getAttribute(name) : null);
  return el(node.localName, { colspan: number("colspan"), rowspan: number("rowspan") }, ...children);
}

export function anchor(href, children, actions) {
  if (!SAFE_LINK.test(href)) return el("span", {}, ...children);
  const follow = (event) => {
    if (/^(mailto|tel):/i.test(href)) return;
    event.preventDefault();
    actions.openLink(href);
  };
  return el("a", { href, target: "_blank", rel: "noopener noreferrer", onclick: follow }, ...children);
}

export function command(text, actions) {
  return el("button", { type: "button", class: "command", onclick: () => actions.say(text) }, text);
}

function withCommands(text, actions) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(COMMAND)) {
    const at = match.index + match[1].length;
    parts.push(text.slice(from, at), command(match[2], actions));
    from = at + match[2].length;
  }
  return [...parts, text.slice(from)].filter((part) => part !== "");
}

export function spoiler(children) {
  const node = el("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": t("spoiler") }, ...children);
  const show = () => {
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), show()));
  return node;
}

/** A quotation; an expandable one shows three lines until it is opened. */
export function quote(children, expandable) {
  if (!expandable) return el("blockquote", { dir: "auto" }, ...children);
  const more = el("button", { type: "button", class: "quote-more", "aria-expanded": "false" }, t("readMore"));
  const fold = el("span", { class: "quote-fold" }, el("span", { class: "quote-text" }, ...children), more);
  more.addEventListener("click", () => {
    const open = fold.classList.toggle("open");
    more.setAttribute("aria-expanded", String(open));
    more.textContent = t(open ? "readLess" : "readMore");
  });
  // A text that fits needs no button; the first layout tells.
  const seen = new ResizeObserver(() => {
    const text = fold.firstElementChild;
    if (!text.clientHeight || fold.classList.contains("open")) return;
    more.hidden = text.scrollHeight <= text.clientHeight + 1;
  });
  seen.observe(fold);
  return el("blockquote", { dir: "auto" }, fold);
}
