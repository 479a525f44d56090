// A calm countdown. data-closes and data-now are the server's milliseconds, so a
// phone with a wrong clock still shows the right time. Announces at 5 and 1 minutes.

import { timeMark } from "../lib/words.js";
import { say } from "../lib/words-quiz.js";

const ANNOUNCE = [5, 1]; // minutes
const AGAIN = 5000; // milliseconds before asking again whether there is a line

export default function quizTimer(badge) {
  const closes = Number(badge.dataset.closes);
  const ahead = Number(badge.dataset.now) - Date.now();
  const left = badge.querySelector("[data-left]") ?? badge;
  const voice = document.createElement("span");
  voice.className = "vh";
  voice.setAttribute("role", "status");
  badge.after(voice);

  const tick = () => {
    const seconds = Math.max(0, Math.round((closes - Date.now() - ahead) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}${timeMark()}${String(seconds % 60).padStart(2, "0")}`;
    const due = ANNOUNCE.filter((minutes) => seconds <= minutes * 60).pop();
    if (due) badge.classList.add("warn");
    if (due && seconds > 0 && isNews(closes, due)) voice.textContent = say("timeLeft", { minutes: due });
    if (seconds > 0) return;
    clearInterval(clock);
    voice.textContent = say("timeUp");
    setTimeout(onward, 2000);
  };
  const clock = setInterval(tick, 1000);
  tick();
}

/** Each announcement is made once, though every question is a page of its own. */
function isNews(closes, minutes) {
  try {
    const said = Number(sessionStorage.getItem(`sisa:${closes}`) ?? Infinity);
    if (said <= minutes) return false;
    sessionStorage.setItem(`sisa:${closes}`, minutes);
  } catch { /* said once more */ }
  return true;
}

/** The server closes the attempt by itself; the page says so once it can be reached. */
async function onward() {
  try {
    await fetch(location.href, { method: "HEAD", cache: "no-store" });
    location.reload();
  } catch {
    setTimeout(onward, AGAIN);
  }
}
