// Answer a check inside a lesson without leaving the page: post the form, take the
// section with the same id out of the answer, put it in place, focus its feedback.
// Without a line the answer waits on the phone and is sent by itself.

import { start } from "../boot.js";
import { fill } from "../lib/answer-fields.js";
import { complain } from "../lib/complain.js";
import { drop, keep, waiting } from "../lib/later.js";
import { postForPage } from "../lib/net.js";

export default function check(section) {
  let passing = false;
  const form = section.querySelector("form");
  const own = form.getAttribute("action");
  let again = form.querySelector("[data-again]");
  if (again) again.textContent = again.dataset.again;

  // Back to the question: by the button, or by choosing anew, which keeps the choice.
  const ask = () => {
    again.textContent = again.dataset.blank;
    again.className = "btn";
    again = null;
    for (const told of form.querySelectorAll(":scope > .note, .why, [formaction]")) told.remove();
    for (const option of form.querySelectorAll(".opt")) option.className = "opt";
  };
  form.addEventListener("input", () => again && ask());

  const send = async (submitter, isAsked) => {
    const address = submitter?.getAttribute("formaction") ?? own;
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrf_token");
    section.setAttribute("aria-busy", "true");
    const { status, page } = await postForPage(address, form, submitter);
    section.removeAttribute("aria-busy");

    const fresh = page?.getElementById(section.id);
    if (fresh) {
      if (address === own) drop(own);
      return swap(section, fresh, page, isAsked);
    }
    if (status === 0) {
      const waits = address === own && fields.some(([, value]) => value) && keep(own, fields, section.id);
      return complain(form, waits ? "checkWaits" : "noAnswer");
    }
    if (!isAsked) return;
    // Signed out, or an answer we do not know: the plain way shows it.
    passing = true;
    form.requestSubmit(submitter);
  };

  section.addEventListener("submit", (event) => {
    if (passing || form.method !== "post") return;
    event.preventDefault();
    if (!again || event.submitter !== again) return send(event.submitter, true);
    ask();
    fill(form, []);
    form.querySelector("[name=jawaban]:not([type=hidden]), [data-move]:enabled").focus();
  });

  const sendKept = () => {
    const letter = section.isConnected && waiting(own);
    if (!letter) return;
    fill(form, letter.fields);
    send(null, false);
  };
  addEventListener("online", sendKept);
  sendKept();
}

function swap(old, fresh, page, isAsked) {
  // What the answer changes elsewhere: how the lesson is finished, how far one is.
  for (const part of document.querySelectorAll("[data-fresh]")) {
    const anew = page.getElementById(part.id);
    if (anew) part.replaceWith(document.adoptNode(anew));
  }
  const section = document.adoptNode(fresh);
  old.replaceWith(section);
  start(section);
  const feedback = section.querySelector('[role="status"]') ?? section.querySelector("legend");
  if (feedback && isAsked) {
    feedback.tabIndex = -1;
    feedback.focus({ preventScroll: true });
    feedback.scrollIntoView({ block: "nearest" });
  }
}
