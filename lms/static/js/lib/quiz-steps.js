// The flag of a question, and its place in the row of numbers.

import { say } from "./words-quiz.js";

/** Show in the row of numbers what the open question is now. */
export function markStep({ isAnswered, isFlagged }) {
  const steps = document.querySelector("[data-steps]");
  const step = steps?.querySelector("[aria-current]");
  if (!step) return;
  if (isAnswered !== undefined) step.classList.toggle("ans", isAnswered);
  if (isFlagged !== undefined) step.classList.toggle("flag", isFlagged);
  const is = (name) => step.classList.contains(name);
  const words = [say("step", { number: step.value }), say("openNow"), say(is("ans") ? "answered" : "unanswered")];
  if (is("flag")) words.push(say("flagged"));
  step.setAttribute("aria-label", words.join(", "));
  const count = document.querySelector("[data-answered]");
  if (count) count.textContent = steps.querySelectorAll(".ans").length;
}

/** Let the flag be put on and taken off without leaving the page. */
export function flagButton(form, box, settle) {
  const button = form.querySelector("[data-flag-url]");
  if (!button) return;
  const name = `t${form.dataset.number}`;

  const look = (isFlagged) => {
    button.value = isFlagged ? "tidak" : "ya"; // what pressing it does next
    button.querySelector("span").textContent = button.dataset[button.value];
    markStep({ isFlagged });
  };
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const wanted = button.value;
    box.keep(name, button.dataset.flagUrl, [["tandai", wanted]]);
    look(wanted === "ya");
    const result = await box.send(name);
    if (result.state !== "ok") settle(result);
  });
  const wantedOf = (letter) => letter.fields.find(([field]) => field === "tandai")[1];
  const waiting = box.waiting(name);
  if (waiting) look(wantedOf(waiting) === "ya");
  addEventListener("storage", ({ key, newValue }) => {
    if (key === box.keyOf(name) && newValue) look(wantedOf(JSON.parse(newValue)) === "ya");
  });
}
