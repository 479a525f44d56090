// "Dengarkan": read the lesson aloud, paragraph by paragraph, where the device has an
// own voice of the course's language. Voices that send the text away are not used.

import { say } from "../lib/words-lesson.js";

const PARTS = ":scope > .prose :is(h2, h3, p, li, dt, dd, caption, figcaption)";

export default function listen(box) {
  const speech = window.speechSynthesis;
  const article = box.closest("article");
  const play = box.querySelector("[data-play]");
  const stop = box.querySelector("[data-stop]");
  if (!speech) return;
  let voice = null;
  let parts = [];
  let at = -1; // the part being read, -1: none
  let isReading = false;

  const find = () => {
    const own = new RegExp(`^${box.dataset.language}\\b`, "i");
    voice = speech.getVoices().find((one) => one.localService && own.test(one.lang));
    box.hidden = !voice;
  };
  const mark = (part) => {
    article.querySelector(".is-read")?.classList.remove("is-read");
    part?.classList.add("is-read");
  };
  const show = () => {
    play.textContent = say(isReading ? "pause" : "listen");
    stop.hidden = at < 0;
  };
  const end = () => {
    isReading = false;
    at = -1;
    speech.cancel();
    mark(null);
    show();
  };
  const read = () => {
    const part = parts[at];
    if (!part) return end();
    const words = new SpeechSynthesisUtterance(part.textContent.trim());
    words.voice = voice;
    words.lang = voice.lang;
    // What a pause cancelled ends as well: only the part being read goes on.
    words.onend = words.onerror = () => {
      if (!isReading || parts[at] !== part) return;
      at += 1;
      read();
    };
    mark(part);
    part.scrollIntoView({ block: "nearest" });
    speech.speak(words);
  };

  play.addEventListener("click", () => {
    isReading = !isReading;
    // Phones do not know how to pause: stop, and begin this paragraph again.
    if (!isReading) speech.cancel();
    else {
      if (at < 0) {
        parts = [...article.querySelectorAll(PARTS)].filter((part) => !part.parentElement.closest("p, li, dd"));
        at = Math.max(0, parts.findIndex((part) => part.getBoundingClientRect().bottom > 80));
      }
      read();
    }
    show();
  });
  stop.addEventListener("click", end);
  addEventListener("pagehide", end);
  speech.addEventListener?.("voiceschanged", find);
  find();
}
