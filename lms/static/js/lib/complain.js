// A sentence at the end of a form: why it has not been sent.

import { say } from "./words-lesson.js";

export function complain(form, text) {
  let line = form.querySelector("[data-complaint]");
  if (!line) {
    line = document.createElement("p");
    line.className = "errmsg";
    line.dataset.complaint = "";
    line.setAttribute("role", "alert");
    form.append(line);
  }
  line.textContent = say(text);
}
