// What the person is about to send. It stays, through reloads and failures, until the server has stored it.

import { element } from "./view.js";
import { sizeOf } from "./thai.js";

const text = document.querySelector("#text");
const input = document.querySelector("#files");
const chosen = document.querySelector("#chosen");
const limits = {
  files: Number(document.body.dataset.maxFiles),
  bytes: Number(document.body.dataset.maxFileBytes),
  text: Number(document.body.dataset.maxText),
};

let chat = "";
let files = [];
// The same content sent again keeps its id, so that the server takes it once; a change makes it a new message.
let id = crypto.randomUUID();

function changed() {
  id = crypto.randomUUID();
}

function remember(owner, words) {
  try {
    if (words) localStorage.setItem(`draft:${owner}`, words);
    else localStorage.removeItem(`draft:${owner}`);
  } catch { /* storage may be switched off: then a reload forgets the draft */ }
}

function recall(owner) {
  try {
    return localStorage.getItem(`draft:${owner}`) ?? "";
  } catch {
    return "";
  }
}

function fit() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + text.offsetHeight - text.clientHeight}px`;
}

function drawChosen() {
  for (const picture of chosen.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
  chosen.replaceChildren(...files.map(drawFile));
  chosen.hidden = files.length === 0;
}

function drawFile(file) {
  const item = element("li");
  if (file.type.startsWith("image/")) {
    const picture = element("img");
    picture.alt = "";
    picture.src = URL.createObjectURL(file);
    item.append(picture);
  }
  const words = element("span", "chosen-words");
  words.append(element("span", "chosen-name", file.name), element("span", "chosen-size", sizeOf(file.size)));
  const remove = element("button", "round small", "✕");
  remove.type = "button";
  remove.setAttribute("aria-label", `นำ ${file.name} ออก`);
  remove.addEventListener("click", () => {
    files = files.filter((other) => other !== file);
    changed();
    drawChosen();
    text.focus();
  });
  item.append(words, remove);
  return item;
}

/** Show the draft of another chat; files chosen for one person are not sent as another. */
export function openDraft(newChat) {
  chat = newChat;
  files = [];
  text.value = recall(chat);
  changed();
  drawChosen();
  fit();
}

/** What would be sent now, or null. */
export function content() {
  if (!text.value.trim() && files.length === 0) return null;
  return { id, text: text.value, files };
}

/** The line to show when it cannot be sent as it is, or null: the server would refuse it for the same reason. */
export function problem() {
  const large = files.find((file) => file.size > limits.bytes);
  const megabytes = limits.bytes >> 20;
  if (large) return `ไฟล์ ${large.name} ใหญ่เกิน ${megabytes} MB ย่อขนาดหรือนำออกแล้วส่งอีกครั้ง`;
  if (files.length > limits.files) return `ส่งได้ครั้งละไม่เกิน ${limits.files} ไฟล์ นำบางไฟล์ออกแล้วส่งอีกครั้ง`;
  if ([...text.value].length > limits.text) {
    return `ข้อความยาวเกิน ${limits.text.toLocaleString("en")} ตัวอักษร แบ่งส่งเป็นหลายข้อความ`;
  }
  return null;
}

/** Empty the box; where another chat was opened meanwhile, only the draft that was sent goes. */
export function sent(owner) {
  remember(owner, "");
  if (owner !== chat) return;
  text.value = "";
  files = [];
  changed();
  drawChosen();
  fit();
}

export function lock(locked) {
  text.readOnly = locked;
}

/** Wire the box and the file button; `onSend` is called for Enter, `onEdit` when something changed. */
export function connect(onSend, onEdit) {
  text.addEventListener("input", () => {
    changed();
    remember(chat, text.value);
    fit();
    onEdit();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    onSend();
  });
  document.querySelector("#attach").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    files = [...files, ...input.files];
    input.value = "";
    changed();
    drawChosen();
    onEdit();
    text.focus();
  });
}
