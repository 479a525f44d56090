// Texts that only scripts say, in the language of the page.

const TEXTS = {
  id: {
    saving: "Menyimpan…",
    saved: "Tersimpan {time}",
    kept: "Disimpan di perangkat, belum terkirim",
    lost: "Belum tersimpan. Periksa sambungan, lalu pilih lagi.",
    refused: "Jawaban tidak diterima. Muat ulang halaman ini.",
    older: "Jawaban ini sudah diubah di halaman lain. Muat ulang untuk melihatnya.",
    closed: "Kuis sudah ditutup. Jawaban yang tersimpan tetap dihitung.",
    signedOut: "Sesi Anda berakhir. Jawaban disimpan di perangkat ini; masuk lagi untuk mengirimnya.",
    offline: "Belum tersambung. Jawaban disimpan di perangkat ini dan dikirim otomatis saat tersambung.",
    timeLeft: "Sisa waktu {minutes} menit.",
    timeUp: "Waktu habis. Jawaban yang tersimpan dikumpulkan.",
    noAnswer: "Belum tersambung. Periksa sambungan, lalu coba lagi.",
  },
  en: {
    saving: "Saving…",
    saved: "Saved {time}",
    kept: "Kept on this device, not sent yet",
    lost: "Not saved yet. Check the connection, then choose again.",
    refused: "The answer was not accepted. Reload this page.",
    older: "This answer was changed on another page. Reload to see it.",
    closed: "The quiz is closed. Saved answers still count.",
    signedOut: "Your session has ended. The answer is kept on this device; sign in again to send it.",
    offline: "No connection. Answers are kept on this device and sent as soon as there is one.",
    timeLeft: "{minutes} minutes left.",
    timeUp: "Time is up. Saved answers are handed in.",
    noAnswer: "No connection. Check it, then try again.",
  },
};

/** The text called `name`, its {places} filled. */
export function say(name, facts = {}) {
  const text = (TEXTS[document.documentElement.lang] ?? TEXTS.id)[name];
  return text.replace(/\{(\w+)\}/g, (_, place) => facts[place]);
}

/** Hours and minutes of now, "09.41". */
export function clockTime() {
  const now = new Date();
  return [now.getHours(), now.getMinutes()].map((n) => String(n).padStart(2, "0")).join(".");
}
