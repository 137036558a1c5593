// Everything is shown in the town's time, whatever the browser's own zone.
import { t } from "./words.js";

const ZONE = "Europe/Paris";
const format = (options) => new Intl.DateTimeFormat(t("locale"), { timeZone: ZONE, ...options });
const TIME = format({ hour: "2-digit", minute: "2-digit" });
const DAY = format({ day: "numeric", month: "long" });
const DAY_YEAR = format({ day: "numeric", month: "long", year: "numeric" });
const LONG = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const SHORT = format({ weekday: "short" });
const MAIL = format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const KEY = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE });

export const time = (moment) => TIME.format(moment);
export const longDate = (moment) => LONG.format(moment);
export const weekday = (moment) => SHORT.format(moment);
export const mailDate = (moment) => MAIL.format(moment);
export const dayKey = (moment) => KEY.format(moment);

/** "Aujourd'hui", "Hier", "12 novembre", with the year where it is not this one. */
export function dayLabel(moment, now) {
  const key = dayKey(moment);
  if (key === dayKey(now)) return t("today");
  if (key === dayKey(now - 86_400_000)) return t("yesterday");
  return (key.slice(0, 4) === dayKey(now).slice(0, 4) ? DAY : DAY_YEAR).format(moment);
}

/** "2 j 4 h" for a number of seconds. */
export function span(seconds) {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const parts = [[Math.floor(minutes / 1440), "days"], [Math.floor(minutes / 60) % 24, "hours"], [minutes % 60, "minutes"]];
  return parts.filter(([n]) => n > 0).slice(0, 2).map(([n, unit]) => t(unit, { n })).join(" ");
}

export function money(amount, currency) {
  return new Intl.NumberFormat(t("locale"), { style: "currency", currency }).format(amount / 100);
}

export function size(bytes) {
  if (!bytes) return "";
  const number = (value) => new Intl.NumberFormat(t("locale"), { maximumFractionDigits: 1 }).format(value);
  const [byte, kilo, mega] = t("locale") === "fr-FR" ? ["o", "Ko", "Mo"] : ["B", "KB", "MB"];
  if (bytes < 1000) return `${bytes} ${byte}`;
  return bytes < 1e6 ? `${number(bytes / 1e3)} ${kilo}` : `${number(bytes / 1e6)} ${mega}`;
}
