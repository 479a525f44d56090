// On every page: send what was answered in a quiz without a connection. Before signing
// out: warn of what still cannot be sent.

import { openBox, unsent } from "../lib/outbox.js";
import { say } from "../lib/words.js";

export default function signOut(form) {
  const { reader } = form.dataset;
  let passing = false;
  const flush = async () => {
    for (const attempt of Object.keys(unsent(reader))) await openBox(reader, attempt).flush();
  };
  flush();

  form.addEventListener("submit", async (event) => {
    if (passing || !Object.keys(unsent(reader)).length) return;
    event.preventDefault();
    await flush();
    const count = Object.values(unsent(reader)).reduce((sum, n) => sum + n, 0);
    if (count && !confirm(say("unsent", { count }))) return;
    passing = true;
    form.submit();
  });
}
