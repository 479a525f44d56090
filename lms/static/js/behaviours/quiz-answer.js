// One question: each change is kept on the phone at once and on the server within a
// second, with the state in words. Needs data-attempt, data-number, data-reader.
// The field "seq" holds the next number to use; the server lets the highest win.

import { fill, isAnswered, isTouched } from "../lib/answer-fields.js";
import { deviceName, openBox } from "../lib/outbox.js";
import { conflict, keepTrying, show, tell } from "../lib/quiz-state.js";
import { signInAgain } from "../lib/sign-in.js";
import { flagButton, markStep } from "../lib/quiz-steps.js";

const PAUSE = 600; // milliseconds without typing before a text is sent; data-pause says otherwise

export default function quizAnswer(form) {
  const { attempt, number, reader, lastDevice } = form.dataset;
  const box = openBox(reader, attempt);
  const field = (name) => form.elements.namedItem(name);
  let typing = 0;
  let passing = false;

  const keep = () => {
    const letter = box.keep(number, form.getAttribute("action"), valuesOf(form));
    // Should the form be sent the plain way after all, it says the same.
    field("seq").value = letter.seq;
    field("dasar").value = letter.base;
    field("perangkat").value = deviceName();
    markStep({ isAnswered: isAnswered(form) });
    return letter;
  };

  /** Tell what became of sending, and do what it asks for. */
  const settle = async (result, isAsked, isAgain = false) => {
    const state = tell(result);
    conflict(box, number);
    if (state === "lost" && !box.isKept) show("lost", "bad");
    const mayGoOn = state === "signed-out" && !isAgain && (await signInAgain(reader, isAsked));
    return mayGoOn ? settle(await box.flush(), false, true) : state;
  };
  const flush = async (isAsked) => {
    clearTimeout(typing);
    const result = await box.flush();
    await settle(result, isAsked);
    return result;
  };
  const save = () => {
    keep();
    show("saving");
    flush(true);
  };

  begin();
  form.addEventListener("change", (event) => event.target.name === "jawaban" && save());
  form.addEventListener("input", (event) => {
    if (!event.target.matches("input.inp, textarea")) return;
    keep();
    show("saving");
    clearTimeout(typing);
    typing = setTimeout(() => flush(true), form.dataset.pause ?? PAUSE);
  });
  // Another tab of this browser has answered: show it here as well.
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== box.keyOf(number) || !newValue) return;
    fill(form, JSON.parse(newValue).fields);
    markStep({ isAnswered: isAnswered(form) });
  });
  document.addEventListener("visibilitychange", () => document.hidden && !box.isEmpty() && flush(false));
  for (const button of form.querySelectorAll("[data-use]")) {
    button.addEventListener("click", () => choose(button.dataset.use === "here"));
  }
  flagButton(form, box, (result) => settle(result, true));
  keepTrying(box, () => flush(false));

  form.addEventListener("submit", async (event) => {
    if (passing) return;
    event.preventDefault();
    clearTimeout(typing);
    await go(event.submitter);
  });

  async function go(submitter) {
    const next = addressOf(form, submitter?.value ?? "berikut");
    const letter = box.waiting(number);
    // What nobody touched here is not sent: another device may have a newer answer.
    if (!letter || letter.stuck === "elsewhere") {
      return navigator.onLine ? location.assign(next) : stay(next);
    }
    show("saving");
    const result = await box.send(number);
    const state = await settle(result, false, true);
    if (state === "ok") return location.assign(next);
    if (state === "closed") return location.assign(form.action); // it leads to the result
    if (state === "lost") return stay(next);
    if (state === "signed-out" && (await signInAgain(reader, true))) return go(submitter);
    if (state !== "refused") return undefined;
    passing = true; // the page of the answer says what is wrong, beside the field
    return form.requestSubmit(submitter);
  }

  /** Why the page stays; that answers are kept, the banner says. */
  function stay(next) {
    const wanted = Number(next.match(/soal\/(\d+)$/)?.[1]);
    if (!wanted) return show("reviewWaits", "bad");
    return show(wanted === Number(number) + 1 ? "nextWaits" : "stepWaits", "bad", { number: wanted });
  }

  function begin() {
    const held = Number(field("seq").value) - 1;
    const letter = box.waiting(number);
    const touched = isTouched(form);
    if (!letter || letter.stuck === "elsewhere") box.seen(number, held);
    else if (!touched) fill(form, letter.fields);
    if (letter && !letter.stuck) markStep({ isAnswered: isAnswered(form) });
    if (conflict(box, number) === number) show("elsewhereShort", "bad");
    if (touched) save();
    const note = document.querySelector("[data-taken-over]");
    if (note) note.hidden = lastDevice === deviceName();
  }

  async function choose(isHere) {
    // Leaving a field of text sends it once more, with what was known before: what is
    // decided here comes after that.
    const name = conflict(box, number);
    if (!name) return;
    clearTimeout(typing);
    box.use(name, isHere);
    if (isHere) {
      if (name === number) fill(form, box.waiting(number).fields);
      await flush(true);
    }
    if (!isHere && name === number) return location.reload();
    conflict(box, number);
  }
}

function valuesOf(form) {
  return [...new FormData(form)].filter(([, value]) => typeof value === "string");
}

/** Where a button of the page leads: a number, "sebelum", "berikut" or "tinjau". */
function addressOf(form, value) {
  const here = Number(form.dataset.number);
  const number = { sebelum: here - 1, berikut: here + 1 }[value] ?? Number(value);
  const isThere = number >= 1 && number <= document.querySelectorAll("[data-steps] > li").length;
  return form.action.replace(/soal\/\d+$/, isThere ? `soal/${number}` : "tinjau");
}
