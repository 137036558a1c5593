// Puts the parts together: one person's chat, and what happens in all of them.
import { Acts } from "./acts.js";
import { get, inChat, listen } from "./api.js";
import { Chat } from "./chat.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { el, fullName, icon } from "./dom.js";
import { Bar, Settings, Strip } from "./frame.js";
import { Mailbox } from "./mailbox.js";
import { ask, banner, bannerFor, clearBanners, complain, toast } from "./notices.js";
import { People } from "./people.js";
import { restoreTheme } from "./theme.js";
import { t, translatePage } from "./words.js";

const byId = (id) => document.getElementById(id);
const state = { bot: {}, blocked: false, commands: [] };
const app = { state, drawComposer };
const acts = new Acts(app);

translatePage();
const settings = new Settings(byId("settings"));
restoreTheme(() => settings.draw());
settings.draw();
byId("to-bottom").setAttribute("aria-label", t("toBottom"));
byId("to-bottom").append(icon("down"));

const openLink = (href) => acts.openLink(href);
const strip = (app.strip = new Strip(byId("strip"), turned));
const people = (app.people = new People(byId("people-list"), (id) => (location.hash = `person=${id}`, openPerson(id).catch(complain)), openOwnLink));
const clock = new Clock(byId("clock"), (time) => (byId("status-time").textContent = time, strip.word("clock", clock.label())));
const mailbox = new Mailbox(byId("mailbox"), openLink, (unread) => strip.count("mail", unread));
const bar = new Bar(byId("bar"), barRows);
const chat = (app.chat = new Chat(byId("log"), byId("to-bottom"), {
  press: (message, button) => acts.press(message, button), openLink, toast, say: (text) => composer.say(text),
}, () => clock.now()));
const composer = new Composer(byId("composer"), () => people.current, () => acts.switchBlock());

// --- the chat that is shown --------------------------------------------------------------------

async function openPerson(id) {
  if (people.current === id) return strip.show("chat");
  people.current = id;
  byId("toasts").replaceChildren();
  composer.clear();
  bar.quiet();
  people.seen(id);
  clearBanners(`chat-${id}`);
  strip.show("chat");
  strip.who(people.find(id));
  strip.count("people", people.totalUnread);
  document.title = `${fullName(people.find(id))} · ${state.bot.first_name ?? "Cartable"}`;
  await inChat(id, "read");
  return take((messages) => chat.open(messages));
}

function openOwnLink(id, href) {
  location.hash = `person=${id}`;
  openPerson(id).then(() => openLink(href)).catch(complain);
}

/** Fetches the shown chat, again if it changed on the way: an old answer never undoes a newer event. */
async function take(put) {
  const id = people.current;
  let history, before;
  do {
    before = heard;
    history = await get(`chats/${id}`);
    if (people.current !== id) return;
  } while (heard !== before);
  state.blocked = history.blocked;
  state.commands = history.commands ?? state.bot.commands ?? [];
  put(history.messages);
  if (history.typing) bar.typing();
  drawComposer();
}

function drawComposer() {
  const messages = chat.messages;
  const markup = messages.findLast((message) => message.reply_keyboard)?.reply_keyboard;
  const replyKeyboard = markup?.remove_keyboard ? null : markup;
  composer.show({ empty: messages.length === 0, blocked: state.blocked, commands: state.commands, replyKeyboard });
}

function barRows() {
  const block = el("button", { type: "button", class: state.blocked ? "" : "danger", onclick: () => acts.switchBlock() },
    icon("block"), t(state.blocked ? "unblock" : "block"));
  const transcript = el("a", { href: `sim/transcript/${people.current}`, target: "_blank" }, icon("text"), t("transcript"));
  return [transcript, block];
}

/** Another page of a narrow screen: what was said about the one before is old. */
function turned(view) {
  byId("toasts").replaceChildren();
  if (view === "mail") clearBanners("mail");
}

// --- what happens ------------------------------------------------------------------------------

const EVENTS = {
  message: (event) => (mine(event) ? changed(event) : missed(event)),
  edit: (event) => mine(event) && changed(event),
  delete: (event) => mine(event) && (heard += 1, chat.remove(event.message_id), drawComposer()),
  typing: (event) => mine(event) && (event.typing ? bar.typing() : bar.quiet()),
  callback_answer: answered,
  mail: loadMails,
  clock: () => clock.load(),
  people: loadPeople,
  commands: () => resync(),
};

const mine = (event) => event.chat === people.current;

function changed({ message }) {
  heard += 1;
  chat.put(message);
  drawComposer();
  if (message.from !== "bot") return null;
  bar.quiet();
  return inChat(people.current, "read");
}

function missed({ chat: id, message, unread }) {
  const person = people.find(id);
  if (!person || message.from !== "bot") return;
  people.missed(id, unread);
  strip.count("people", people.totalUnread);
  if (!message.silent) bannerFor(person, message.text, () => (location.hash = `person=${id}`));
}

function answered(event) {
  chat.presses.answered(event.callback_id);
  if (!mine(event)) return;
  if (event.url) openLink(event.url);
  else if (event.text && event.show_alert) ask({ title: t("alertTitle"), text: event.text });
  else if (event.text) toast(event.text);
}

async function loadMails() {
  const news = await mailbox.load();
  for (const mail of byId("mailbox").checkVisibility() ? [] : news) {
    const open = () => (strip.show("mail"), mailbox.show(mail.id));
    banner("mail", { id: 5, first_name: "@" }, t("newMail", { subject: mail.subject }), mail.to.join(", "), open);
  }
}

/** The list, again if someone's count changed on the way: see `take`. */
async function loadPeople() {
  let list, before;
  do {
    before = people.changes;
    list = (await get("people")).people;
  } while (people.changes !== before);
  people.take(list);
  strip.count("people", people.totalUnread);
}

/** All anew: at the beginning, and whatever was missed while the line was cut. */
async function resync() {
  state.bot = await get("bot");
  chat.bot = state.bot;
  bar.name(state.bot.first_name);
  await Promise.all([loadPeople(), clock.load(), loadMails()]);
  if (people.current === null) return openChosen();
  await take((messages) => chat.sync(messages));
  for (const id of chat.presses.unanswered()) {
    const answer = await get(`callbacks/${id}`);
    if (answer.answered) answered({ ...answer, callback_id: id, chat: people.current });
  }
}

/** Who the address names, or the first of the list. */
async function openChosen() {
  const wanted = Number(/person=(-?\d+)/.exec(location.hash)?.[1]);
  const person = people.find(wanted) ?? people.all[0];
  if (person) await openPerson(person.id);
}

let heard = 0;
let online = null;
addEventListener("hashchange", () => openChosen().catch(complain));
await resync().catch(complain);
listen(
  (event) => Promise.resolve(EVENTS[event.type]?.(event)).catch(complain),
  (now) => {
    if (now) resync().catch(complain); // also the first time: something may have come meanwhile
    else if (online !== false) toast(t("offline"), { problem: true });
    online = now;
    document.body.dataset.line = now ? "open" : "cut"; // for tests: from here on nothing is missed
  },
);
