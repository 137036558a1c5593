// Labels of a keyboard are made to fit: a row, or all rows of a grid, take the largest letters at which
// their longest label is whole. Only below the least size does a label end in "…", as on a phone.
const LARGEST = { 1: 15, 2: 15, 3: 15, 4: 14.5, 5: 14, 6: 14, 7: 14, 8: 14 };
const LEAST = { 1: 12.5, 2: 12, 3: 11.5 };
const LEAST_IN_GRID = 10;
const GRID_FROM = 5;
const STEP = 0.25;
const MARGIN = 1;

const ruler = document.createElement("canvas").getContext("2d");
const REFERENCE = 20;

function widthAtReference(text, font) {
  ruler.font = `600 ${REFERENCE}px ${font}`;
  return ruler.measureText(text).width;
}

/** The size for labels so wide (in px at REFERENCE) in cells with `room` px. */
export function sizeFor(widest, room, columns) {
  const largest = LARGEST[columns] ?? 14;
  if (widest <= 0) return largest;
  const fitting = Math.floor(((room - MARGIN) / widest) * REFERENCE / STEP) * STEP;
  return Math.max(LEAST[columns] ?? LEAST_IN_GRID, Math.min(largest, fitting));
}

function fit(keys) {
  if (!keys.clientWidth) return;
  const font = getComputedStyle(keys).fontFamily;
  for (const rows of groups([...keys.querySelectorAll(":scope > .keys-row")])) {
    const cell = rows[0].firstElementChild;
    const style = getComputedStyle(cell);
    const room = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const labels = rows.flatMap((row) => [...row.querySelectorAll(".key-label")]);
    const widest = Math.max(...labels.map((label) => widthAtReference(label.textContent, font)));
    const size = sizeFor(widest, room, rows[0].childElementCount);
    for (const row of rows) row.style.setProperty("--size", `${size}px`);
  }
}

/** A grid (GRID_FROM columns or more) looks even; rows of few buttons stand each on their own. */
function groups(rows) {
  const found = new Map();
  for (const row of rows) {
    const name = row.childElementCount < GRID_FROM ? row : row.childElementCount;
    found.set(name, [...(found.get(name) ?? []), row]);
  }
  return found.values();
}

const watcher = new ResizeObserver((entries) => entries.forEach((entry) => fit(entry.target)));

/** Fits now and whenever the width changes, for as long as the keyboard is on the page. */
export function keepFitted(keys) {
  watcher.observe(keys);
}
