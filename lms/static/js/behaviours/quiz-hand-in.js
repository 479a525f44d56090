// Hand in: first everything that waits, then all answers of this tab once more, counted,
// so that one lost on the way costs nothing. Pressing twice gives the same receipt.

import { postFields } from "../lib/net.js";
import { openBox } from "../lib/outbox.js";
import { banner, conflict, keepTrying, show, tell } from "../lib/quiz-state.js";
import { signInAgain } from "../lib/sign-in.js";

export default function quizHandIn(form) {
  const { attempt, reader } = form.dataset;
  const box = openBox(reader, attempt);
  let passing = false;
  let isWarned = false;

  const warn = () => Boolean(conflict(box));
  const flush = async () => {
    show("saving");
    const result = await box.flush();
    // What is listed here was drawn before these answers arrived.
    const state = tell(result);
    const mayGoOn = state === "signed-out" && (await signInAgain(reader, false));
    if (state === "ok" || mayGoOn) location.reload();
    return result;
  };
  warn();
  keepTrying(box, flush);

  form.addEventListener("submit", async (event) => {
    if (passing) return;
    event.preventDefault();
    const button = event.submitter;
    if (button) button.disabled = true;
    await handIn();
    if (button) button.disabled = false;
  });

  async function handIn() {
    show("saving");
    const sent = await box.flush();
    if (tell(sent) === "signed-out") return again();
    if (sent.state === "lost") return show("notHandedIn", "bad");
    if (warn() && !isWarned) return (isWarned = true);

    const copies = box.copies();
    const fields = [["jumlah", copies.length], ...copies.map((copy) => ["salinan", copy])];
    show("handingIn");
    const { status, state, body } = await postFields(form.getAttribute("action"), fields);
    if (state === "ok" && body.next) {
      box.clear();
      return location.assign(body.next);
    }
    if (status === 401 || body.error === "CsrfTokenWanted") return again();
    if (state === "refused") {
      passing = true; // the page of the answer says why
      return form.submit();
    }
    banner(true);
    return show("notHandedIn", "bad");
  }

  async function again() {
    if (await signInAgain(reader, true)) return handIn();
    return show("signedOut", "bad");
  }
}
