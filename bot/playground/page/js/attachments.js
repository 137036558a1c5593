// Documents, photos, invoices and stickers inside a bubble.
import { fileUrl } from "./api.js";
import { money, size } from "./dates.js";
import { avatar, el, fullName, icon } from "./dom.js";
import { t } from "./words.js";

export function fileRow(file) {
  const name = file.file_name ?? t("document");
  const props = { class: "file", href: fileUrl(file.file_id ?? ""), download: name, "aria-label": t("download", { name }) };
  return el("a", props,
    el("span", { class: "file-icon" }, icon("download")),
    el("span", {}, el("span", { class: "file-name", dir: "auto" }, name), el("br"), el("span", { class: "file-size" }, size(file.size ?? file.file_size))));
}

export function photo(picture, alt = "") {
  if (!picture?.file_id) return null;
  const source = fileUrl(picture.file_id);
  return el("a", { class: "photo", href: source, target: "_blank", rel: "noopener" },
    el("img", { src: source, alt: alt || t("photo"), width: picture.width, height: picture.height, loading: "lazy" }));
}

export function invoice(bill) {
  const total = bill.total_amount ?? (bill.prices ?? []).reduce((sum, price) => sum + price.amount, 0);
  return el("div", { class: "invoice", dir: "auto" },
    el("div", { class: "invoice-title" }, bill.title ?? t("invoice")),
    el("div", {}, bill.description ?? ""),
    el("div", { class: "invoice-price" }, el("span", {}, t(bill.paid ? "paidLabel" : "total")), el("b", {}, money(total, bill.currency ?? "EUR"))));
}

export function contact(card) {
  return el("div", { class: "file" }, avatar({ id: card.user_id ?? 0, ...card }),
    el("span", {}, el("span", { class: "file-name", dir: "auto" }, fullName(card)), el("br"), el("span", { class: "file-size" }, card.phone_number ?? "")));
}

export function sticker(emoji) {
  return el("div", { class: "sticker-art", role: "img", "aria-label": t("sticker") }, emoji || icon("smile"));
}
