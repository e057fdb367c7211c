// The page: one person's chat at a time, kept up to date by a request that waits for news.

import { read, write } from "./api.js";
import * as composer from "./composer.js";
import { connectDay, showDay } from "./day.js";
import { drawDay, drawMessage, element } from "./view.js";

const ANSWER_EXPECTED_MS = 6000; // after that the dots stop: no answer is not the same as a slow one
const NEAR_END_PX = 140;
const FIRST_PAUSE_MS = 500; // between attempts to reach a server that is away
const LONGEST_PAUSE_MS = 5000;
const HOME = "หน้าแรก"; // the assistant knows the word as well as /start, and people read the word

const person = document.querySelector("#person");
const scroller = document.querySelector("#scroller");
const list = document.querySelector("#messages");
const welcome = document.querySelector("#welcome");
const typing = document.querySelector("#typing");
const newer = document.querySelector("#newer");
const status = document.querySelector("#status");
const notice = document.querySelector("#notice");
const retry = document.querySelector("#retry");
const sendButton = document.querySelector("#send");
const usualStatus = status.textContent;

let chat = "";
let rev = null; // of the newest change seen; null before the first answer
let run = null;
let polling = new AbortController();
let retryAction = null;
let sending = false;
let typingTimer = 0;
let atEnd = true; // where the person was reading before the page changed its size

// ---------------------------------------------------------------- scrolling

function isNearEnd() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END_PX;
}

function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  atEnd = true;
  newer.hidden = true;
}

function noteScroll() {
  atEnd = isNearEnd();
  if (atEnd) newer.hidden = true;
}

/** Show what came: its beginning when it is longer than the screen, else the end. */
function reveal(first) {
  if (first && scroller.scrollHeight - first.offsetTop > scroller.clientHeight) {
    scroller.scrollTop = first.offsetTop - 12;
    atEnd = false;
  } else {
    toEnd();
  }
}

// ---------------------------------------------------------------- messages

function put(message) {
  const drawn = drawMessage(message, press);
  const old = list.querySelector(`[data-id="${CSS.escape(message.id)}"]`);
  if (old) {
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(drawn);
    if (hadFocus) drawn.focus({ preventScroll: true });
    return null;
  }
  const last = list.lastElementChild;
  if (last?.dataset.day !== drawn.dataset.day) list.append(drawDay(drawn.dataset.day));
  list.append(drawn);
  return drawn;
}

function take(news) {
  if (run !== null && news.run !== run) {
    location.reload(); // the server was started again, perhaps with another history
    return;
  }
  run = news.run;
  const isFirst = rev === null;
  const follow = isFirst || atEnd || !typing.hidden; // an answer to what was just done is gone to
  const added = news.messages.map(put).filter((drawn) => drawn !== null);
  rev = news.rev;
  showDay(news.today);
  welcome.hidden = list.childElementCount > 0;
  if (news.busy) expectAnswer();
  if (news.messages.some((message) => message.from === "bot")) answerCame();
  if (isFirst) toEnd();
  else if (added.some((item) => item.classList.contains("mine"))) toEnd();
  else if (follow && news.messages.length > 0) reveal(added[0]);
  else if (added.length > 0) newer.hidden = false;
  list.setAttribute("aria-busy", "false");
}

function expectAnswer() {
  typing.hidden = false;
  if (atEnd) toEnd();
  clearTimeout(typingTimer);
  typingTimer = setTimeout(answerCame, ANSWER_EXPECTED_MS);
}

function answerCame() {
  clearTimeout(typingTimer);
  typing.hidden = true;
  for (const button of list.querySelectorAll(".choice[aria-busy]")) button.removeAttribute("aria-busy");
}

// ---------------------------------------------------------------- news

function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function follow(signal) {
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      if (pause > FIRST_PAUSE_MS) await read("/api/state", signal); // answers at once: back before the next news
      status.textContent = usualStatus;
      const query = new URLSearchParams(rev === null ? { chat } : { chat, after: rev, run });
      const news = await read(`/api/messages?${query}`, signal);
      if (signal.aborted) return;
      pause = FIRST_PAUSE_MS;
      take(news);
    } catch (error) {
      if (signal.aborted) return;
      status.textContent = "ขาดการเชื่อมต่อ กำลังต่อใหม่…";
      await wait(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }
}

function openChat(id) {
  polling.abort();
  polling = new AbortController();
  chat = id;
  rev = null;
  person.value = id;
  history.replaceState(null, "", `#${encodeURIComponent(id)}`);
  list.setAttribute("aria-busy", "true");
  list.replaceChildren();
  welcome.hidden = true;
  newer.hidden = true;
  answerCame();
  dismiss();
  composer.openDraft(id);
  follow(polling.signal);
}

// ---------------------------------------------------------------- sending

function dismiss() {
  notice.hidden = true;
  retryAction = null;
}

function complain(error, again) {
  document.querySelector("#notice-text").textContent = again ? error.message.replace(" ลองอีกครั้ง", "") : error.message;
  retryAction = again;
  retry.hidden = !again;
  notice.hidden = false;
}

/** Repeating helps when the server was away or busy, not when it refused what was sent. */
function isWorthRepeating(error) {
  return error.status === 0 || error.status >= 500;
}

async function say() {
  const content = composer.content();
  if (!content || sending) return;
  const problem = composer.problem();
  if (problem) {
    complain(new Error(problem), null);
    return;
  }
  sending = true;
  sendButton.setAttribute("aria-busy", "true");
  composer.lock(true);
  dismiss();
  const sentTo = chat;
  try {
    await write("/api/send", packed(content));
    composer.sent(sentTo);
    if (chat === sentTo) expectAnswer();
  } catch (error) {
    if (chat === sentTo) complain(error, isWorthRepeating(error) ? say : null);
  } finally {
    sending = false;
    sendButton.removeAttribute("aria-busy");
    composer.lock(false);
  }
}

function packed({ id, text, files }) {
  if (files.length === 0) return { chat, id, text };
  const form = new FormData();
  form.append("chat", chat);
  form.append("id", id);
  form.append("text", text);
  for (const file of files) form.append("files", file, file.name);
  return form;
}

/** Send something that is not in the box: a press or a command. */
async function sendNow(body) {
  const sentTo = chat;
  dismiss();
  expectAnswer();
  try {
    await write("/api/send", body);
  } catch (error) {
    if (chat !== sentTo) return;
    answerCame();
    complain(error, isWorthRepeating(error) ? () => sendNow(body) : null);
  }
}

function press(button, choice, message) {
  button.setAttribute("aria-busy", "true");
  sendNow({ chat, id: crypto.randomUUID(), press: { choice, message } });
}

function goHome() {
  sendNow({ chat, id: crypto.randomUUID(), text: HOME });
}

// ---------------------------------------------------------------- start

async function begin() {
  const state = await read("/api/state");
  showDay(state.today);
  for (const { id, label } of state.persons) {
    const option = element("option", "", label);
    option.value = id;
    person.append(option);
  }
  const wanted = decodeURIComponent(location.hash.slice(1));
  openChat(state.persons.some(({ id }) => id === wanted) ? wanted : state.persons[0].id);
}

composer.connect(say, dismiss);
connectDay();
document.querySelector("#composer").addEventListener("submit", (event) => {
  event.preventDefault();
  say();
});
document.querySelector("#home").addEventListener("click", goHome);
document.querySelector("#start").addEventListener("click", goHome);
document.querySelector("#dismiss").addEventListener("click", dismiss);
retry.addEventListener("click", () => retryAction?.());
newer.addEventListener("click", toEnd);
scroller.addEventListener("scroll", noteScroll, { passive: true });
// Pictures arrive, the keyboard opens, a line of files is put above the box: the last message stays in sight.
const sizes = new ResizeObserver(() => { if (atEnd) toEnd(); });
sizes.observe(scroller);
sizes.observe(list);
person.addEventListener("change", () => openChat(person.value));

begin().catch(() => complain(new Error("เปิดบทสนทนาไม่สำเร็จ"), () => location.reload()));
