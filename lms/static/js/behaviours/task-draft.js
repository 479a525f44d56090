// The text of an assignment's draft: kept on the phone at once, on the server within a
// few seconds, with the state in words. "seq" holds the next number to use; the server
// lets the highest win and says so when another device has written since.

import { postFields } from "../lib/net.js";
import { forget, readJson, writeJson } from "../lib/storage.js";
import { say } from "../lib/words.js";

const PAUSE = 2500; // milliseconds without typing before a text is sent
const TEXTS = {
  id: {
    saving: "Menyimpan…",
    saved: "Tersimpan {time}",
    kept: "Belum tersambung. Teks disimpan di perangkat ini dan dikirim saat tersambung.",
    refused: "Teks ini belum dapat disimpan. Tekan “Simpan draf” untuk melihat sebabnya.",
    elsewhere: "Draf ini sudah diubah di perangkat lain. Salin teks Anda, lalu muat ulang halaman.",
  },
  en: {
    saving: "Saving…",
    saved: "Saved {time}",
    kept: "No connection. The text is kept on this device and sent when there is one.",
    refused: "This text cannot be saved yet. Press “Save draft” to see why.",
    elsewhere: "Another device has changed this draft. Copy your text, then reload the page.",
  },
};

export default function taskDraft(form) {
  const field = (name) => form.elements.namedItem(name);
  const text = field("teks");
  const state = form.querySelector("[data-state]");
  const key = `tugas:${form.dataset.reader}:${location.pathname}`;
  const device = deviceName();
  let sent = text.value;
  let timer = 0;
  let busy = false;
  let stuck = false;

  const show = (name, kind = "", facts = {}) => {
    state.className = `sync ${kind}`.trim();
    state.querySelector("span").textContent = say(name, facts, TEXTS);
  };

  async function send() {
    clearTimeout(timer);
    if (busy || stuck || text.value === sent) return;
    busy = true;
    const value = text.value;
    const seq = Number(field("seq").value);
    show("saving");
    const fields = [["teks", value], ["seq", seq], ["dasar", seq - 1], ["perangkat", device]];
    const { state: outcome, body } = await postFields(form.getAttribute("action"), fields);
    busy = false;
    if (outcome === "lost") {
      show("kept", "bad");
      timer = setTimeout(send, 15000);
      return;
    }
    if (outcome === "refused") return show("refused", "bad");
    if (body.is_older) {
      stuck = true;
      return show("elsewhere", "bad");
    }
    sent = value;
    field("seq").value = body.seq + 1;
    if (text.value === value) {
      forget(key);
      return show("saved", "ok", { time: body.at });
    }
    timer = setTimeout(send, PAUSE);
    return undefined;
  }

  const kept = readJson(key);
  if (kept && kept.base === sent && kept.text !== sent) {
    text.value = kept.text; // written on this device, and never arrived
    timer = setTimeout(send, PAUSE);
  } else forget(key);
  text.addEventListener("input", () => {
    writeJson(key, { text: text.value, base: sent });
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden && send());
  // The plain way says the same: the server then knows whose text it is.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    stuck = true;
    field("dasar").value = Number(field("seq").value) - 1;
    field("perangkat").value = device;
  });
}

function deviceName() {
  let name = readJson("perangkat");
  if (typeof name !== "string") {
    name = [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");
    writeJson("perangkat", name);
  }
  return name;
}
