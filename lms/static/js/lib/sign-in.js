// The session ended while a page is open: ask for the password in a panel, keep the
// page, go on with a fresh token. The form is that of the sign-in page.

import { getJson, getPage, postFields, setCsrfToken } from "./net.js";
import { say } from "./words-quiz.js";

const ADDRESS = "/masuk";
let open = null; // the panel that is being answered

/** Resolves to true once `reader` is signed in here; false when they put it off, or
 *  when they did nothing that asks for it. Somebody else's sign-in makes the page
 *  leave: it is not theirs, and nothing of it is sent. */
export function signInAgain(reader, isAsked) {
  open ??= ask(reader, isAsked).finally(() => (open = null));
  return open;
}

async function ask(reader, isAsked) {
  const who = await getJson(ADDRESS);
  if (who?.person) return accept(who, reader);
  if (!who || !isAsked) return false;
  setCsrfToken(who.csrf_token);
  const { page } = await getPage(ADDRESS);
  const form = page?.querySelector("main form");
  if (!form || !window.HTMLDialogElement) return false;
  const panel = draw(document.adoptNode(form));
  document.body.append(panel);
  panel.showModal();
  return new Promise((resolve) => {
    panel.addEventListener("close", () => {
      panel.remove();
      resolve(panel.returnValue === "in");
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      button.disabled = true;
      const { state, body } = await postFields(ADDRESS, [...new FormData(form)]);
      button.disabled = false;
      if (state !== "ok") return complain(panel, body.message ?? say("noAnswer"));
      if (accept(body, reader)) panel.close("in");
      return undefined;
    });
  });
}

function accept(who, reader) {
  if (who.person !== reader) {
    location.replace("/");
    return false;
  }
  setCsrfToken(who.csrf_token);
  return true;
}

function draw(form) {
  const panel = document.createElement("dialog");
  panel.className = "panel stack";
  panel.setAttribute("aria-labelledby", "masuk-lagi");
  const title = document.createElement("h2");
  title.id = "masuk-lagi";
  title.textContent = say("sessionEnded");
  const text = document.createElement("p");
  text.textContent = say("signInHere");
  const trouble = document.createElement("p");
  trouble.className = "errmsg";
  trouble.setAttribute("role", "alert");
  const later = document.createElement("button");
  later.type = "button";
  later.className = "btn btn-3 btn-block";
  later.textContent = say("later");
  later.addEventListener("click", () => panel.close(""));
  panel.append(title, text, trouble, form, later);
  return panel;
}

function complain(panel, text) {
  panel.querySelector("[role=alert]").textContent = text;
  const password = panel.querySelector("[type=password]");
  password.value = "";
  password.focus();
}
