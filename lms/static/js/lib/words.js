// Texts that only scripts say, in the language of the page. Here are those of every
// page; what lessons and quizzes say besides stands in words-lesson.js, words-quiz.js.

const COMMON = {
  id: {
    unsent: "{count} jawaban belum terkirim. Jawaban itu tetap di perangkat ini dan dikirim saat Anda masuk lagi di sini. Tetap keluar?",
    noAnswer: "Belum tersambung. Periksa sambungan, lalu coba lagi.",
  },
  en: {
    unsent: "Answers not sent yet: {count}. What waits stays on this device and is sent when you sign in here again. Sign out anyway?",
    noAnswer: "No connection. Check the connection, then try again.",
  },
};

/** The text called `name`, its {places} filled; `own` are the texts of a kind of page. */
export function say(name, facts = {}, own = COMMON) {
  const { lang } = document.documentElement;
  const text = (own[lang] ?? own.id)[name] ?? (COMMON[lang] ?? COMMON.id)[name];
  return text.replace(/\{(\w+)\}/g, (_, place) => facts[place]);
}

/** Between hours and minutes, minutes and seconds: "09.41", in English "09:41". */
export const timeMark = () => (document.documentElement.lang === "en" ? ":" : ".");
