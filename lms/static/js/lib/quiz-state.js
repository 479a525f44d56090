// The state of a quiz page in words: beside the button, in the banner, in the note about
// another device.

import { clockTime, say } from "./words-quiz.js";

const WORDS = { lost: "kept", "signed-out": "signedOut", closed: "closed", refused: "refused", elsewhere: "elsewhereShort" };
// What no longer holds once there is a connection and nothing waits.
const PASSING = ["saving", "kept", "nextWaits", "stepWaits", "reviewWaits", "notHandedIn"];

const rest = new Map(); // line -> what it says while nothing waits
let isPassing = false;
const wordsOf = (line) => line.querySelector("span") ?? line;

/** Write beside the button; `kind` is ok, bad or "". */
export function show(text, kind = "", facts = {}) {
  isPassing = PASSING.includes(text);
  for (const line of document.querySelectorAll("[data-sync]")) {
    const words = wordsOf(line);
    if (!rest.has(line)) rest.set(line, [words.textContent, line.className, line.hidden]);
    line.classList.remove("ok", "bad");
    if (kind) line.classList.add(kind);
    line.hidden = false;
    words.textContent = text in facts ? facts[text] : say(text, facts);
    if (kind === "ok") rest.set(line, [words.textContent, line.className, false]);
  }
}

/** Nothing waits: say again what was true before the connection went. */
function calm() {
  if (!isPassing || !navigator.onLine) return;
  isPassing = false;
  for (const [line, [text, look, isHidden]] of rest) {
    wordsOf(line).textContent = text;
    line.className = look;
    line.hidden = isHidden;
  }
}

/** Tell what became of sending; answers the state. */
export function tell({ state, body, status }) {
  banner(state === "lost" && !status);
  if (state === "ok" && body.at) show("saved", "ok", { time: body.at });
  else if (state === "refused" && body.message) show("message", "bad", { message: body.message });
  else if (state !== "ok") show(WORDS[state], state === "lost" ? "" : "bad");
  else calm();
  return state;
}

/** The banner stands only while there is no connection. */
export function banner(isOff) {
  const place = document.querySelector("[data-offline]");
  if (!place || place.hidden === !isOff) return;
  place.hidden = !isOff;
  const line = place.querySelector("[data-text]");
  line.textContent = isOff ? line.dataset.text : "";
}

/** Say that another device has answered since, with both times on its clock; the
 *  question `first` before others. Answers which question it is. */
export function conflict(box, first) {
  const all = box.contested();
  const number = all.includes(first) ? first : all[0];
  const place = document.querySelector("[data-conflict]");
  if (!place) return number;
  place.hidden = !number;
  if (!number) return number;
  const { at, thereAt, thereIso } = box.waiting(number);
  const zone = thereAt.split(" ")[1] ?? "";
  const facts = { number, there: thereAt, here: `${clockTime(at, thereIso)} ${zone}`.trim() };
  place.querySelector("[data-words]").textContent = say("elsewhere", facts);
  return number;
}

/** Keep sending: when the line is back, and every while; `send` answers a result. */
export function keepTrying(box, send) {
  const AGAIN = 20; // seconds
  let timer = 0;
  const again = async () => {
    clearTimeout(timer);
    if (box.isEmpty()) calm();
    const result = box.isEmpty() ? {} : await send();
    clearTimeout(timer);
    timer = setTimeout(again, 1000 * (result.wait > 0 ? result.wait : AGAIN));
  };
  addEventListener("online", () => { banner(false); again(); });
  addEventListener("offline", () => banner(true));
  if (!navigator.onLine) banner(true);
  again();
}
