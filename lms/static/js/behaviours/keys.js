// Keys for reading and answering, listed behind "?": off while typing, never with
// Ctrl, Alt or Cmd, and to be switched off in the list (WCAG 2.1.4).
// An element with data-key="f" is pressed by that key.

import { readJson, writeJson } from "../lib/storage.js";

const KEPT = "tombol";
const PLACES = "article > .prose :is(h2, h3)[id], article > .check";
const QUESTIONS = ".check form, .quiz form";
const TICKS = "input[type=radio], input[type=checkbox]";

export default function keys(dialog) {
  const toggle = dialog.querySelector("input");
  const open = () => dialog.showModal();
  toggle.checked = readJson(KEPT) !== false;
  toggle.addEventListener("change", () => writeJson(KEPT, toggle.checked));
  for (const button of document.querySelectorAll("[data-open-keys]")) {
    button.hidden = false;
    button.addEventListener("click", open);
  }
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!toggle.checked || dialog.open || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.defaultPrevented || target.isContentEditable || target.matches(`textarea, select, input:not(${TICKS})`)) return;
    if (key === "?") open();
    else if (key === "j" || key === "k") jump(key === "j");
    else if (key >= "1" && key <= "5") choose(key - 1);
    else if (!press(key)) return;
    event.preventDefault();
  });
}

/** Go to the next or previous section or check; the focus comes along. */
function jump(isOn) {
  const places = [...document.querySelectorAll(PLACES)];
  const line = parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart) || 0;
  const top = (place) => place.getBoundingClientRect().top - line;
  const at = places.indexOf(document.activeElement);
  let next = places[isOn ? at + 1 : at - 1];
  if (at < 0 || Math.abs(top(places[at])) > innerHeight) {
    next = isOn ? places.find((place) => top(place) > 4) : places.filter((place) => top(place) < -4).at(-1);
  }
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView();
}

/** Choose an answer of the question in focus, else of one in the middle of the window. */
function choose(number) {
  const seen = [0.5, 0.3, 0.7].map((part) => document.elementFromPoint(innerWidth / 2, innerHeight * part));
  const question = [document.activeElement, ...seen].map((one) => one?.closest(QUESTIONS)).find(Boolean);
  const tick = (question ?? document.querySelector(".quiz form"))?.querySelectorAll(TICKS)[number];
  tick?.focus();
  tick?.click();
}

/** Press what the page offers for a key: a button, or a link to the next lesson. */
function press(key) {
  const offered = /^[a-z]$/.test(key) && document.querySelector(`[data-key=${key}]`);
  if (offered?.rel) location.assign(offered.href);
  else if (offered) offered.click();
  return offered;
}
