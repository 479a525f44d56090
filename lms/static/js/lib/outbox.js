// Answers of a quiz that wait on the phone until the server has them: the newest per
// question, bound to person and attempt. A letter is { url, fields, seq, base, at } under
// "jawaban:<person>:<attempt>:<question>". Letters for flags stand under "t<question>".
//   seq    rises with each change in this browser, in whichever tab
//   base   the newest seq that this browser knew the server to have
//   stuck  "elsewhere": another device has answered since; "refused": unreadable
//   there  the seq of that other device's answer, with the time of it as the server
//          writes it (thereAt, thereIso): until the learner has decided

import { forget, keysOf, readJson, writeJson } from "./storage.js";
import { postFields } from "./net.js";

const loose = new Map(); // where the phone keeps nothing: the memory of this page
const copies = (() => { try { return sessionStorage; } catch { return null; } })();

const get = (key) => readJson(key) ?? loose.get(key);
const put = (key, value) => writeJson(key, value) || Boolean(loose.set(key, value) && false);
const drop = (key) => { forget(key); loose.delete(key); };
const keys = (prefix) => [...new Set([...keysOf(prefix), ...loose.keys()])].filter((key) => key.startsWith(prefix));
const isFlag = (key) => /:t\d+$/.test(key);

/** A random name of this browser, so that the server can tell two devices apart. */
export function deviceName() {
  let name = get("perangkat");
  if (!name) {
    name = [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");
    put("perangkat", name);
  }
  return name;
}

/** What somebody has answered and not sent yet: attempt -> how many answers. */
export function unsent(person) {
  const found = {};
  for (const key of keys(`jawaban:${person}:`)) {
    if (get(key)?.stuck) continue; // the server has it, or cannot read it
    const attempt = key.split(":")[2];
    found[attempt] = (found[attempt] ?? 0) + (isFlag(key) ? 0 : 1);
  }
  return found;
}

/** What a request came to: see the states in `send`. */
function stateOf(status, body) {
  if (status >= 200 && status < 300) return "seq" in body || "is_flagged" in body ? "ok" : "lost";
  if (status === 401 || body.error === "CsrfTokenWanted") return "signed-out";
  if (/^Attempt(Submitted|Over)$/.test(body.error)) return "closed";
  return status >= 400 && status < 500 && status !== 429 && status !== 408 ? "refused" : "lost";
}

/** The box of one attempt. */
export function openBox(person, attempt) {
  const prefix = `jawaban:${person}:${attempt}:`;
  const counts = `nomor:${person}:${attempt}`;
  const copied = `salinan:${person}:${attempt}:`;
  const count = (name) => get(counts)?.[name] ?? [0, 0];
  const recount = (name, last, base) => put(counts, { ...get(counts), [name]: [last, base] });
  let sending = Promise.resolve();

  const box = {
    isKept: true, // the phone holds what waits; false: only this page does

    keyOf: (name) => prefix + name,
    waiting: (name) => get(prefix + name),
    /** Questions that another device has answered since, also while this one asks anew. */
    contested: () => keys(prefix).filter((key) => get(key)?.there).map((key) => key.slice(prefix.length)),
    isEmpty: () => keys(prefix).every((key) => get(key)?.stuck),

    /** The page shows what the server held at `seq`. */
    seen: (name, seq) => recount(name, Math.max(count(name)[0], seq), seq),

    /** Keep what is chosen now; the letter says whether the phone holds it. */
    keep(name, url, fields) {
      const [last, base] = count(name);
      const before = get(prefix + name);
      const seq = before && !before.tried ? before.seq : Math.max(last, base) + 1;
      const own = fields.filter(([field]) => !["seq", "dasar", "perangkat", "csrf_token"].includes(field));
      own.push(["seq", seq], ["dasar", base], ["perangkat", deviceName()]);
      const { there, thereAt, thereIso } = before ?? {};
      const letter = { url, fields: own, seq, base, at: Date.now(), there, thereAt, thereIso };
      recount(name, seq, base);
      box.isKept = put(prefix + name, letter);
      return letter;
    },

    /** Send one letter. Answers { state, body, wait, status }:
     *  ok; lost or signed-out (kept); elsewhere or refused (kept, not sent again);
     *  closed (the quiz takes no more answers). */
    send(name) {
      sending = sending.then(() => post(name));
      return sending;
    },

    /** Send everything that waits; answers the first trouble, else the last result. */
    async flush() {
      let result = { state: "ok", body: {} };
      for (const key of keys(prefix)) {
        if (!get(key) || get(key).stuck) continue;
        const now = await box.send(key.slice(prefix.length));
        if (now.state === "lost" || now.state === "signed-out") return now;
        if (result.state === "ok") result = now;
      }
      return result;
    },

    /** Let this device's answer, or the other's, be the one that counts. */
    use(name, isHere) {
      const letter = get(prefix + name);
      drop(prefix + name);
      box.seen(name, Math.max(letter.there, count(name)[1]));
      if (isHere) box.keep(name, letter.url, letter.fields);
    },

    /** Everything answered in this tab, to be sent once more with the hand-in. */
    copies: () => (copies ? Object.keys(copies).filter((key) => key.startsWith(copied)).map((key) => copies.getItem(key)) : []),

    /** The attempt is handed in: nothing of it stays on the phone. */
    clear() {
      for (const key of [...keys(prefix), counts]) drop(key);
      for (const key of Object.keys(copies ?? {})) if (key.startsWith(copied)) copies.removeItem(key);
    },
  };

  async function post(name) {
    const key = prefix + name;
    const letter = get(key);
    if (!letter) return { state: "ok", body: {} };
    put(key, { ...letter, tried: true });
    const { status, body, wait } = await postFields(letter.url, letter.fields);
    const state = body.is_elsewhere ? "elsewhere" : stateOf(status, body);
    // A newer answer may have been chosen while this one was on its way.
    const isNewest = get(key)?.seq === letter.seq;
    if (state === "ok") {
      if (isNewest) drop(key);
      const seq = body.seq ?? letter.seq;
      recount(name, isNewest ? seq : Math.max(count(name)[0], seq), seq);
      if (!isFlag(key)) copy(name, letter.fields);
    } else if (state === "elsewhere" || state === "refused") {
      if (isNewest) put(key, { ...letter, tried: true, stuck: state, there: body.seq, thereAt: body.at, thereIso: body.saved_at });
    } else if (state === "closed") drop(key);
    return { state, body, wait, status };
  }

  function copy(name, fields) {
    const text = new URLSearchParams([["soal", name], ...fields]).toString();
    try { copies?.setItem(copied + name, text); } catch { /* the server has it */ }
  }

  return box;
}
