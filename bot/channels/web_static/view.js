// Messages as elements. Whatever people or the assistant wrote goes in as text, never as markup.

import { withSigns } from "./signs.js";
import { dayOf, sizeOf, thaiDay, timeOf } from "./thai.js";

// A photo just sent is looked through by the server first; one that is not kept never comes.
const PICTURE_RETRIES_MS = [400, 1500, 5000];
const LONG_LABEL = 26; // characters: the longest that surely fits a phone in one line
const TIGHT_LABEL = 15; // characters: three such fit side by side

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.append(...withSigns(text));
  return made;
}

export function drawMessage(message, onPress) {
  const mine = message.from === "me";
  const item = element("article", mine ? "message mine" : "message");
  item.dataset.id = message.id;
  item.dataset.day = dayOf(message.at);
  item.tabIndex = -1;
  item.append(element("span", "unseen", mine ? "คุณ" : "ผู้ช่วย"));
  item.append(drawBubble(message.body, message.at));
  const rows = message.body.rows ?? [];
  if (rows.length > 0) item.append(drawRows(rows, (button, choice) => onPress(button, choice, message.id)));
  return item;
}

function drawBubble(body, at) {
  const bubble = element("div", "bubble");
  if (body.title) bubble.append(element("h2", "title", body.title));
  if (body.picture) bubble.append(drawPicture(body.picture, body.title || "ภาพประกอบ"));
  if (body.file?.picture) bubble.append(drawPicture(body.file.url, body.file.name));
  else if (body.file) bubble.append(drawSentFile(body.file));
  const files = body.files ?? [];
  const photos = files.filter((file) => file.kind === "photo");
  if (photos.length > 0) {
    const album = element("div", photos.length > 1 ? "album" : "");
    album.append(...photos.map((photo) => drawPicture(photo.url, photo.name || "ภาพถ่าย", `${photo.url}?small`)));
    bubble.append(album);
  }
  for (const file of files) if (file.kind !== "photo") bubble.append(drawDocument(file));
  if (body.text) bubble.append(element("p", "text", body.text));
  if (body.note) bubble.append(element("p", "note", body.note));
  const time = element("time", "", timeOf(at));
  time.dateTime = at;
  bubble.append(time);
  return bubble;
}

function drawPicture(url, words, shown = url) {
  const link = element("a", "picture");
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener";
  const picture = element("img");
  picture.alt = words;
  picture.src = shown;
  const again = shown + (shown.includes("?") ? "&" : "?");
  let tries = 0;
  picture.addEventListener("error", () => {
    if (tries < PICTURE_RETRIES_MS.length) {
      setTimeout(() => { picture.src = `${again}try=${tries}`; }, PICTURE_RETRIES_MS[tries]);
      tries += 1;
    } else {
      link.replaceWith(element("p", "gone", "ไม่พบภาพนี้ในระบบ"));
    }
  });
  link.append(picture);
  return link;
}

/** A file of the person's own. */
function drawDocument(file) {
  const link = drawFileCard(file);
  link.href = `${file.url}?name=${encodeURIComponent(file.name)}`;
  link.target = "_blank";
  link.rel = "noopener";
  return link;
}

/** A file that the assistant sent: one press downloads it. */
function drawSentFile(file) {
  const link = drawFileCard(file);
  link.href = file.url;
  link.download = file.name;
  link.setAttribute("aria-label", `ดาวน์โหลด ${file.name} ${sizeOf(file.size)}`);
  return link;
}

function drawFileCard(file) {
  const link = element("a", "document");
  link.append(element("span", "document-name", file.name || "เอกสาร"));
  link.append(element("span", "document-size", sizeOf(file.size)));
  return link;
}

function drawRows(rows, onPress) {
  const group = element("div", "rows");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "ตัวเลือก");
  for (const row of rows) {
    const tight = row.length >= 3 && row.every((choice) => choice.label.length <= TIGHT_LABEL);
    const line = element("div", tight ? "row tight" : "row");
    for (const choice of row) {
      const button = element("button", choice.label.length > LONG_LABEL ? "choice long" : "choice", choice.label);
      button.type = "button";
      button.addEventListener("click", () => onPress(button, choice.id));
      line.append(button);
    }
    group.append(line);
  }
  return group;
}

export function drawDay(iso) {
  return element("p", "day-mark", thaiDay(iso));
}
