// What scripts say in quizzes.

import { say as sayOf, timeMark } from "./words.js";

const TEXTS = {
  id: {
    saving: "Menyimpan…",
    saved: "Tersimpan {time}",
    kept: "Disimpan di perangkat, belum terkirim",
    lost: "Belum tersimpan. Periksa sambungan, lalu pilih lagi.",
    refused: "Jawaban tidak diterima. Muat ulang halaman ini.",
    elsewhere: "Soal {number}: perangkat lain menyimpan jawaban ini pukul {there}. Jawaban di perangkat ini dipilih pukul {here} dan belum dihitung.",
    elsewhereShort: "Ada jawaban dari perangkat lain. Pilih yang dipakai.",
    closed: "Kuis sudah ditutup. Jawaban yang tersimpan tetap dihitung.",
    signedOut: "Sesi Anda berakhir. Jawaban disimpan di perangkat ini; masuk lagi untuk mengirimnya.",
    nextWaits: "Soal berikutnya perlu sambungan.",
    stepWaits: "Soal {number} perlu sambungan.",
    reviewWaits: "Halaman tinjau perlu sambungan.",
    handingIn: "Mengumpulkan…",
    notHandedIn: "Belum tersambung, jadi belum dikumpulkan. Jawaban aman di perangkat ini. Coba lagi saat tersambung.",
    sessionEnded: "Sesi Anda berakhir",
    signInHere: "Masuk lagi di sini. Halaman dan jawaban Anda tetap ada.",
    later: "Nanti saja",
    step: "Soal {number}",
    openNow: "sedang dibuka",
    answered: "dijawab",
    unanswered: "belum dijawab",
    flagged: "ditandai",
    timeLeft: "Sisa waktu {minutes} menit.",
    timeUp: "Waktu habis. Jawaban yang tersimpan dikumpulkan.",
  },
  en: {
    saving: "Saving…",
    saved: "Saved {time}",
    kept: "Kept on this device, not sent yet",
    lost: "Not saved yet. Check the connection, then choose again.",
    refused: "The answer was not accepted. Reload this page.",
    elsewhere: "Question {number}: another device saved this answer at {there}. The answer on this device was chosen at {here} and does not count yet.",
    elsewhereShort: "There is an answer from another device. Choose which one counts.",
    closed: "The quiz is closed. Saved answers still count.",
    signedOut: "Your session has ended. The answer is kept on this device; sign in again to send it.",
    nextWaits: "The next question needs a connection.",
    stepWaits: "Question {number} needs a connection.",
    reviewWaits: "The review needs a connection.",
    handingIn: "Submitting…",
    notHandedIn: "No connection, so not submitted yet. Your answers are safe on this device. Try again when connected.",
    sessionEnded: "Your session has ended",
    signInHere: "Sign in again here. The page and your answers stay.",
    later: "Not now",
    step: "Question {number}",
    openNow: "open now",
    answered: "answered",
    unanswered: "not answered",
    flagged: "flagged",
    timeLeft: "Time left: {minutes} min.",
    timeUp: "Time is up. Saved answers are submitted.",
  },
};

export const say = (name, facts) => sayOf(name, facts, TEXTS);

/** Hours and minutes of a moment where the server's text `like` ("…+07:00") was written. */
export function clockTime(when, like) {
  const [hours, minutes] = like.slice(-6).split(":").map(Number);
  const there = new Date(when + (hours * 60 + minutes) * 60000);
  return there.toISOString().slice(11, 16).replace(":", timeMark());
}
