// What a reader leaves in lessons, kept on the phone until the server has it: places
// and answers to checks. Kept as { url, fields, at, part } under "nanti:<reader>:…", so
// that who shares a phone never sends what another has left.

import { forget, keysOf, readJson, writeJson } from "./storage.js";
import { postFields } from "./net.js";

const OLDEST = 30 * 24 * 3600; // seconds; the server takes no older place
const reader = () => document.querySelector("[data-reader]")?.dataset.reader;
const keyOf = (url) => `nanti:${reader()}:${url}`;

/** Keep fields for an address, the newest only; `part` is the id of what they fill.
 *  Says whether the phone took them. */
export function keep(url, fields, part = "") {
  return Boolean(reader()) && writeJson(keyOf(url), { url, fields, part, at: Date.now() });
}

export const waiting = (url) => readJson(keyOf(url));
export const drop = (url) => forget(keyOf(url));

/** The fields of a letter, whose it is, and its age: no clock of a phone is asked more. */
export function fieldsOf({ fields, at }) {
  return [...fields, ["pembaca", reader()], ["lalu", String(Math.max(0, Math.round((Date.now() - at) / 1000)))]];
}

/** Send one letter; drop it unless it has to wait. */
export async function send(url) {
  const letter = waiting(url);
  if (!letter) return;
  const { status, state } = await postFields(url, fieldsOf(letter));
  if (state !== "lost" && status !== 401 && waiting(url)?.at === letter.at) drop(url);
}

/** Send what waits, but for what a part of this page sends by itself. */
export async function sendAll() {
  for (const key of keysOf(keyOf(""))) {
    const letter = readJson(key);
    if (!letter || Date.now() - letter.at > OLDEST * 1000) forget(key);
    else if (!letter.part || !document.getElementById(letter.part)) await send(letter.url);
  }
}
