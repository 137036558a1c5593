// Elements without markup strings: text can never become HTML here.

/** el("button", {class: "x", onclick: f, "aria-label": "…"}, child, …) */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "vars") for (const [key, item] of Object.entries(value)) node.style.setProperty(key, item);
  else node.setAttribute(name, value === true ? "" : value);
}

const PATHS = {
  attach: "M20 11.5l-8.300 8.300a5.200 5.200 0 0 1-7.400-7.400l8.700-8.700a3.500 3.500 0 0 1 5 5l-8.600 8.500a1.700 1.700 0 0 1-2.400-2.400l7.900-7.900",
  back: "M15 5l-7 7 7 7",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M5.600 5.600l12.800 12.800",
  chat: "M4 5h16v11H9l-5 4z",
  check: "M4 12.500l5 5L20 6.500",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.500 2",
  contact: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 20c.7-4 4-5.500 8-5.500s7.300 1.500 8 5.500",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  down: "M6 9l6 6 6-6",
  download: "M12 4v11M7 10.500l5 5 5-5M5 20h14",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3.500 9.500h17M3.500 14.500h17M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18",
  link: "M8 16L17 7M9 7h8v8",
  mail: "M3 6h18v13H3zM3 7l9 7 9-7",
  menu: "M4 7h16M4 12h16M4 17h16",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500z",
  more: "M12 5.500v.01M12 12v.01M12 18.500v.01",
  night: "M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500zM17 3v4M15 5h4",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15 9.500v.01",
  send: "M4 12L3 4l18 8-18 8zM4 12h8",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 14c2 3 6 3 8 0M9 9.500v.01M15 9.500v.01",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600L19 19M5 19l1.400-1.400M17.600 6.400L19 5",
  text: "M5 6h14M5 10h14M5 14h14M5 18h8",
  card: "M3 6h18v12H3zM3 10h18",
  boxOff: "M4 4h16v16H4z",
  boxOn: "M4 4h16v16H4zM8 12.500l3 3 5-6",
  ticks: "M1 6l3.500 3.500L11 3M7 8.500l1 1L14.500 3",
};

const SVG = "http://www.w3.org/2000/svg";

export function icon(name, className = "icon", viewBox = "0 0 24 24") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", viewBox);
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Puts `wanted` in `parent` in that order, moving only what is not in place. */
export function arrange(parent, wanted) {
  wanted.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
  while (parent.children.length > wanted.length) parent.lastElementChild.remove();
}

const AVATAR_COLOURS = ["#c0504d", "#b5651d", "#8054b5", "#2f7d4f", "#1f7f93", "#2f6fb3", "#b0457f"];

export function avatar(person, size = "") {
  const initials = [person.first_name, person.last_name].filter(Boolean).map((part) => [...part][0]).join("");
  const colour = AVATAR_COLOURS[Math.abs(person.id ?? 0) % AVATAR_COLOURS.length];
  return el("span", { class: `avatar ${size}`, "aria-hidden": "true", vars: { background: colour } }, initials.toUpperCase());
}

export function fullName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}
