// What scripts say in lessons.

import { say as sayOf } from "./words.js";

const TEXTS = {
  id: {
    checkWaits: "Belum tersambung. Jawaban disimpan di perangkat ini dan diperiksa saat tersambung.",
    part: "Bagian {at} dari {of}",
    listen: "Dengarkan",
    pause: "Jeda",
    keeping: "Menyimpan {at} dari {of}…",
    keptSize: "Tersimpan luring, {size} kB",
    notKept: "Belum tersimpan semua. Periksa sambungan dan ruang simpan, lalu coba lagi.",
    draft: "Draf disimpan di perangkat ini.",
  },
  en: {
    checkWaits: "No connection. Your answer is kept on this device and checked as soon as there is one.",
    part: "Section {at} of {of}",
    listen: "Listen",
    pause: "Pause",
    keeping: "Saving {at} of {of}…",
    keptSize: "Saved offline, {size} kB",
    notKept: "Not all saved yet. Check the connection and free space, then try again.",
    draft: "Draft kept on this device.",
  },
};

export const say = (name, facts) => sayOf(name, facts, TEXTS);
