// The day that the assistant goes by, and the dialog that moves it.

import { write } from "./api.js";
import { addDays, dayOf, thaiDay } from "./thai.js";

const button = document.querySelector("#day");
const word = document.querySelector("#day-word");
const label = document.querySelector("#day-label");
const dialog = document.querySelector("#day-dialog");
const input = document.querySelector("#day-input");
const reading = document.querySelector("#day-reading");
const problem = document.querySelector("#day-problem");
const MOVING = "กำลังเลื่อนวัน…";

let today = "";
let moving = false;

export function showDay(iso) {
  today = iso;
  if (!moving) label.textContent = thaiDay(iso);
}

function showReading() {
  reading.textContent = input.value ? `คือ ${thaiDay(input.value)}` : "";
}

function setMoving(on) {
  moving = on;
  dialog.setAttribute("aria-busy", String(on));
  for (const control of dialog.querySelectorAll("button, input")) control.disabled = on;
  word.hidden = on;
  label.textContent = on ? MOVING : thaiDay(today);
  problem.textContent = on ? MOVING : "";
  problem.classList.toggle("waiting", on);
}

async function move(iso) {
  input.value = iso;
  showReading();
  setMoving(true);
  try {
    const answer = await write("/api/today", { date: iso });
    today = answer.today;
    setMoving(false);
    dialog.close();
  } catch (error) {
    setMoving(false);
    problem.textContent = error.message;
  }
}

export function connectDay() {
  button.addEventListener("click", () => {
    input.value = today;
    problem.textContent = "";
    showReading();
    dialog.showModal();
  });
  input.addEventListener("input", showReading);
  for (const step of dialog.querySelectorAll("[data-days]")) {
    step.addEventListener("click", () => move(addDays(today, Number(step.dataset.days))));
  }
  document.querySelector("#day-real").addEventListener("click", () => move(dayOf(new Date())));
  document.querySelector("#day-cancel").addEventListener("click", () => dialog.close());
  document.querySelector("#day-form").addEventListener("submit", (event) => {
    event.preventDefault();
    move(input.value);
  });
  // Esc must not hide a move that is still running.
  dialog.addEventListener("cancel", (event) => { if (moving) event.preventDefault(); });
}
