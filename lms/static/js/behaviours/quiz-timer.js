// A calm countdown. data-closes and data-now are the server's milliseconds, so a
// phone with a wrong clock still shows the right time. Announces at 5 and 1 minutes.

import { say } from "../lib/words.js";

const ANNOUNCE = [5, 1]; // minutes

export default function quizTimer(badge) {
  const closes = Number(badge.dataset.closes);
  const ahead = Number(badge.dataset.now) - Date.now();
  const left = badge.querySelector("[data-left]") ?? badge;
  const voice = document.createElement("span");
  voice.className = "vh";
  voice.setAttribute("role", "status");
  badge.after(voice);
  let before = Infinity;

  const tick = () => {
    const seconds = Math.max(0, Math.round((closes - Date.now() - ahead) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
    for (const minutes of ANNOUNCE) {
      if (before > minutes * 60 && seconds <= minutes * 60 && before !== Infinity) {
        voice.textContent = say("timeLeft", { minutes });
        badge.classList.add("warn");
      }
    }
    before = seconds;
    if (seconds > 0) return;
    clearInterval(clock);
    voice.textContent = say("timeUp");
    // The server closes the attempt by itself; a moment later the page says so.
    setTimeout(() => location.reload(), 2000);
  };
  const clock = setInterval(tick, 1000);
  tick();
}
