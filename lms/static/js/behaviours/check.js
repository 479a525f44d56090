// Answer a check inside a lesson without leaving the page: post the form, take the
// section with the same id out of the answer, put it in place, focus its feedback.

import { start } from "../boot.js";
import { postForPage } from "../lib/net.js";
import { say } from "../lib/words.js";

export default function check(section) {
  let passing = false;
  section.addEventListener("submit", async (event) => {
    const form = event.target;
    if (passing || form.method !== "post") return;
    event.preventDefault();
    section.setAttribute("aria-busy", "true");
    const address = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
    const { status, page } = await postForPage(address, form, event.submitter);
    section.removeAttribute("aria-busy");

    const fresh = page?.getElementById(section.id);
    if (fresh) return swap(section, fresh);
    if (status === 0) return complain(form);
    // Signed out, or an answer we do not know: the plain way shows it.
    passing = true;
    form.requestSubmit(event.submitter);
  });
}

function swap(old, fresh) {
  const section = document.adoptNode(fresh);
  old.replaceWith(section);
  start(section);
  const feedback = section.querySelector('[role="status"]') ?? section.querySelector("legend");
  if (feedback) {
    feedback.tabIndex = -1;
    feedback.focus({ preventScroll: true });
    feedback.scrollIntoView({ block: "nearest" });
  }
}

function complain(form) {
  let line = form.querySelector("[data-complaint]");
  if (!line) {
    line = document.createElement("p");
    line.className = "errmsg";
    line.dataset.complaint = "";
    line.setAttribute("role", "alert");
    form.append(line);
  }
  line.textContent = say("noAnswer");
}
