// Save each choice at once: first on the phone, then on the server, with the state in
// words. Needs data-attempt; with data-slot the form holds one question, without it
// the form only hands in, after everything that waits has been sent.
// The field "seq" holds the next number to use; the server lets the highest win.

import { clockTime, say } from "../lib/words.js";
import { drop, isEmpty, keep, send, waiting } from "../lib/outbox.js";
import { postFields } from "../lib/net.js";

const AGAIN = 20000; // milliseconds between tries
const STATES = {
  lost: "kept",
  "signed-out": "signedOut",
  closed: "closed",
  older: "older",
  refused: "refused",
};

export default function quizAnswer(form) {
  const { attempt, slot } = form.dataset;
  let passing = false;

  const tell = (result) => {
    if (result === "ok") show("saved", "ok", { time: clockTime() });
    else show(STATES[result], result === "lost" ? "" : "bad");
    return result;
  };
  const flush = () => send(attempt).then(tell);
  const save = async () => {
    const letter = write(form);
    show("saving", "");
    if (keep(attempt, slot, letter)) return flush();
    const { state } = await postFields(letter.url, letter.fields);
    return state === "ok" ? tell("ok") : show("lost", "bad");
  };

  if (slot) {
    const letter = waiting(attempt, slot);
    const touched = isTouched(form);
    if (letter && !restore(form, letter, touched)) drop(attempt, slot);
    form.addEventListener("change", save);
    if (touched) save();
  }
  if (!isEmpty(attempt)) flush();
  addEventListener("online", () => isEmpty(attempt) || flush());
  setInterval(() => isEmpty(attempt) || flush(), AGAIN);

  form.addEventListener("submit", async (event) => {
    if (passing || isEmpty(attempt)) return;
    event.preventDefault();
    const result = await flush();
    if (result === "lost") return show("offline", "bad");
    if (result === "signed-out") return;
    passing = true;
    form.requestSubmit(event.submitter);
  });
}

function show(text, kind, facts) {
  for (const line of document.querySelectorAll("[data-sync]")) {
    line.classList.remove("ok", "bad");
    if (kind) line.classList.add(kind);
    (line.querySelector("span") ?? line).textContent = say(text, facts);
  }
}

/** What the form says now, as a letter to the server; uses up one number. */
function write(form) {
  const input = form.elements.namedItem("seq");
  const seq = input ? Number(input.value) : Date.now();
  const fields = [...new FormData(form)].filter(
    ([name, value]) => name !== "csrf_token" && typeof value === "string",
  );
  if (input) input.value = String(seq + 1);
  return { url: form.dataset.saveUrl ?? form.action, fields, seq };
}

/** Whether something was chosen before this script arrived. */
function isTouched(form) {
  return [...form.elements].some(
    ({ type, checked, defaultChecked }) => (type === "radio" || type === "checkbox") && checked !== defaultChecked,
  );
}

/** Put a waiting answer back, unless there is a choice newer than it (`touched`).
 *  False when the server already has a newer one. */
function restore(form, letter, touched) {
  const number = form.elements.namedItem("seq");
  if (number && letter.seq < Number(number.value)) return false;
  if (!touched) fill(form, letter);
  if (number) number.value = String(letter.seq + 1);
  return true;
}

function fill(form, letter) {
  const values = new Map();
  for (const [name, value] of letter.fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const input of form.elements) {
    const mine = values.get(input.name);
    if (input.type === "radio" || input.type === "checkbox") input.checked = Boolean(mine?.includes(input.value));
    else if (mine && input.type !== "submit") [input.value] = mine;
  }
}
