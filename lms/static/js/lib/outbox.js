// Answers that wait on the phone until the server has them, newest per question.
// Kept as { url, fields, seq } under "jawaban:<attempt>:<slot>".

import { forget, keysOf, readJson, writeJson } from "./storage.js";
import { postFields } from "./net.js";

const prefix = (attempt) => `jawaban:${attempt}:`;

export const waiting = (attempt, slot) => readJson(prefix(attempt) + slot);
export const isEmpty = (attempt) => keysOf(prefix(attempt)).length === 0;

/** Keep an answer; says whether the phone took it. */
export function keep(attempt, slot, letter) {
  return writeJson(prefix(attempt) + slot, letter);
}

/** Forget an answer that the server no longer needs. */
export function drop(attempt, slot) {
  forget(prefix(attempt) + slot);
}

let sending = Promise.resolve("ok");

/** Send everything of one attempt, one after the other. Answers the worst outcome:
 *  "ok", "lost" (still kept), "signed-out" (still kept), "closed", "refused", or
 *  "older": the server has a newer answer, from another tab or device. */
export function send(attempt) {
  sending = sending.then(() => sendAll(attempt));
  return sending;
}

async function sendAll(attempt) {
  let worst = "ok";
  for (const key of keysOf(prefix(attempt))) {
    const letter = readJson(key);
    if (!letter) continue;
    const { status, state, body } = await postFields(letter.url, letter.fields);
    if (state === "lost") return "lost";
    if (status === 401) return "signed-out";
    if (body.is_older && worst === "ok") worst = "older";
    if (state === "refused") worst = status === 409 || status === 410 ? "closed" : "refused";
    // A newer answer may have been chosen while this one was on its way.
    if (readJson(key)?.seq === letter.seq) forget(key);
  }
  return worst;
}
