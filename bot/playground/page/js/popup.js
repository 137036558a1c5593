// A small menu that hangs on a button: arrows, Escape, a click elsewhere.
import { el } from "./dom.js";

/** `rows()` is asked at each opening. Returns show and hide, for other occasions to open it. */
export function popup(parent, button, rows, look = "") {
  const box = el("div", { class: `popup ${look}`, hidden: true });
  parent.append(box);
  const hide = () => {
    box.hidden = true;
    button.setAttribute("aria-expanded", "false");
  };
  const show = (items = rows()) => {
    box.replaceChildren(...items);
    box.hidden = items.length === 0;
    button.setAttribute("aria-expanded", String(!box.hidden));
  };
  hide();
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    if (!box.hidden) return hide();
    show();
    box.firstElementChild?.focus({ focusVisible: event.detail === 0 });
  });
  box.addEventListener("click", hide);
  document.addEventListener("click", (event) => !box.contains(event.target) && hide());
  parent.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden) {
      hide();
      button.focus();
    }
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...box.children];
    items.at((items.indexOf(document.activeElement) + step) % items.length)?.focus();
  });
  return { show, hide };
}
