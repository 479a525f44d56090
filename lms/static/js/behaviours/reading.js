// A lesson being read: where the reader is goes to the server, at most every 15 s and
// as the page is left; without a line it waits on the phone. Also "Bagian 3 dari 5".

import { csrfToken } from "../lib/net.js";
import { fieldsOf, keep, send, sendAll, waiting } from "../lib/later.js";
import { complain } from "../lib/complain.js";
import { say } from "../lib/words-lesson.js";

const EVERY = 15000; // milliseconds
const SETTLED = 250; // after scrolling

export default function reading(article) {
  const { place } = article.dataset;
  const known = waiting(place)?.fields[0][1] ?? article.dataset.known;
  const part = article.querySelector("[data-part]");
  let isMoved = Boolean(location.hash);
  let told = null;
  let left = 0;
  let timer = 0;

  // Asked each time: an answered check is another element.
  const marks = () => [...article.querySelectorAll(":scope > .prose :is(h2, h3)[id], :scope > .check")];
  const reached = (list) => list.filter((mark) => mark.getBoundingClientRect().top <= innerHeight / 3).at(-1);
  // Who only looks at the top has not left the place known from before.
  const here = () => (isMoved ? reached(marks())?.id ?? "" : known);
  const note = () => {
    const now = here();
    if (now !== told && keep(place, [["letak", now]])) told = now;
  };
  const scrolled = () => {
    timer = 0;
    isMoved = true;
    note();
    const sections = marks().filter((mark) => mark.matches("h2"));
    const at = sections.indexOf(reached(sections)) + 1;
    if (part && at) part.textContent = say("part", { at, of: sections.length });
  };
  const leave = ({ type }) => {
    // Browsers do not agree on what they say when a page is left, and say it twice.
    if ((type !== "pagehide" && !document.hidden) || Date.now() - left < 1000) return;
    left = Date.now();
    told = null;
    note();
    // It is kept until a later page has sent it: a beacon tells nobody if it got lost.
    const fields = fieldsOf(waiting(place) ?? { fields: [["letak", here()]], at: left });
    navigator.sendBeacon?.(place, new URLSearchParams([...fields, ["csrf_token", csrfToken()]]));
  };

  offer(article.querySelector("[data-go-on]"), marks(), known);
  sendAll();
  note();
  addEventListener("scroll", () => { timer ||= setTimeout(scrolled, SETTLED); }, { passive: true });
  setInterval(() => document.hidden || send(place), EVERY);
  addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", leave);
  addEventListener("pagehide", leave);
  article.addEventListener("submit", (event) => {
    if (navigator.onLine || !event.target.closest("#penutup")) return;
    event.preventDefault();
    complain(event.target, "noAnswer");
  });
}

/** "Lanjut dari …": also for a place that this phone alone knows; not for who has
 *  come to a place of the page already. */
function offer(line, marks, known) {
  const at = marks.findIndex((mark) => mark.id === known);
  const heading = marks.slice(0, at + 1).filter((mark) => !mark.matches(".check")).at(-1);
  if (!line) return;
  line.hidden = Boolean(location.hash) || !heading;
  line.querySelector("a").hash = known;
  if (heading) line.querySelector("[data-title]").textContent = heading.textContent;
}
