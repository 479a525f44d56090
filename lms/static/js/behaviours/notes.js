// Notes where they belong: a button beside each heading brings the section's notes, its
// bookmark and the form under it; forms are sent in place; a draft stays on the phone.

import { postForPage } from "../lib/net.js";
import { forget, readJson, writeJson } from "../lib/storage.js";
import { say } from "../lib/words-lesson.js";

export default function notes(panel) {
  const form = panel.querySelector("#tulis-catatan");
  const owner = document.querySelector("input[data-owner]")?.dataset.owner;
  if (!form) return;
  const draft = keepDraft(form, `catatan:${owner}:${location.pathname}`);

  document.querySelectorAll(".placebtn").forEach((old) => old.remove());
  for (const slot of panel.querySelectorAll("[data-place]")) {
    const heading = slot.dataset.place && document.getElementById(slot.dataset.place);
    if (!heading || panel.contains(heading)) continue;
    const button = panel.querySelector("template").content.firstElementChild.cloneNode(true);
    button.ariaLabel += `: ${heading.textContent}`;
    heading.after(button);
    button.addEventListener("click", () => toggle(button, slot, panel, form));
  }

  let passing = false;
  panel.sendFrom = async (event) => {
    const sent = event.target;
    if (passing) return;
    event.preventDefault();
    const place = (event.submitter ?? sent).closest("[data-at]")?.dataset.at;
    const { status, page } = await postForPage(sent.action, sent, event.submitter);
    const fresh = page?.getElementById(panel.id);
    if (fresh) {
      if (sent === form) draft.forget();
      return swap(panel, fresh, place);
    }
    if (status === 0) return draft.wait();
    passing = true; // signed out, or refused: the plain way shows it
    sent.requestSubmit(event.submitter);
  };
  panel.addEventListener("submit", panel.sendFrom);
}

/** Bring a section's notes and the form under its heading, or take them back. */
function toggle(button, slot, panel, form) {
  const isOpen = button.getAttribute("aria-expanded") === "true";
  document.querySelectorAll("[data-at]").forEach((box) => box.home());
  if (isOpen) return;
  const box = document.createElement("div");
  const content = slot.firstElementChild;
  box.className = "placebox stack no-print";
  box.dataset.at = slot.dataset.place;
  box.home = () => {
    slot.append(content);
    panel.querySelector("details > p").after(form);
    form.querySelector("[data-which]").hidden = false;
    button.setAttribute("aria-expanded", "false");
    box.remove();
  };
  box.append(content, form);
  box.addEventListener("submit", panel.sendFrom);
  button.after(box);
  form.querySelector("select").value = slot.dataset.place;
  form.querySelector("[data-which]").hidden = true;
  button.setAttribute("aria-expanded", "true");
  form.querySelector("textarea").focus();
}

/** Show the panel as the server now has it; the same section stays open. */
function swap(old, fresh, place) {
  document.querySelectorAll("[data-at]").forEach((box) => box.remove());
  const panel = document.adoptNode(fresh);
  old.replaceWith(panel);
  notes(panel);
  const said = panel.querySelector('[role="status"]');
  if (!place) return said?.scrollIntoView({ block: "nearest" });
  document.getElementById(place).nextElementSibling.click();
  if (said) document.querySelector("[data-at]").prepend(said);
}

/** Keep what is typed on this device until the server has it. */
function keepDraft(form, key) {
  const text = form.querySelector("textarea");
  const state = form.querySelector("[data-draft-state]");
  const kept = readJson(key);
  const tell = (...names) => (state.textContent = names.map((name) => name && say(name)).join(" "));
  const written = [...document.querySelectorAll(".mynote__text")].map((note) => note.textContent);
  if (written.includes(kept?.text.trim())) forget(key); // sent the plain way
  else if (kept && !text.value) {
    text.value = kept.text;
    form.querySelector("select").value = kept.place ?? "";
    form.closest("details").open = true;
    tell("draft");
  }
  form.addEventListener("input", () => {
    if (!text.value) return forget(key);
    if (writeJson(key, { text: text.value, place: form.querySelector("select").value })) tell("draft");
  });
  const wait = () => tell("noAnswer", readJson(key) && "draft");
  return { wait, forget: () => forget(key) };
}
