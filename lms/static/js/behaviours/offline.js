// Keeping lessons on the device, which sw.js does: data-pages are the addresses a
// course or a lesson is made of. Says what is kept; keeps all of it on request.

import { sendAll } from "../lib/later.js";
import { say } from "../lib/words-lesson.js";
import { register } from "../lib/worker.js";

export default async function offline(box) {
  const { reader } = document.querySelector("[data-reader]").dataset;
  const pages = box.dataset.pages.split(" ");
  const [save, drop, badge, said] = ["save", "drop", "kept", "said"].map((name) => box.querySelector(`[data-${name}]`));
  if (save) sendAll();
  const worker = await register();
  if (!worker) return;

  const ask = (question, step) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data.step ? step(data.step) : resolve(data));
    worker.postMessage({ reader, ...question }, [port2]);
  });
  const show = ({ size, failed }) => {
    if (said) said.textContent = failed ? say("notKept") : "";
    if (failed) return;
    badge.hidden = size === null;
    badge.lastElementChild.textContent = badge.dataset.kept || say("keptSize", { size });
    if (save) [save.hidden, drop.hidden] = [size !== null, size === null];
  };
  const weigh = { weigh: pages, whole: Boolean(save) };

  save?.addEventListener("click", async () => {
    save.disabled = true;
    const step = (at) => { said.textContent = say("keeping", { at, of: pages.length }); };
    show(await ask({ ...weigh, keep: pages }, step));
    save.disabled = false;
  });
  drop?.addEventListener("click", async () => show(await ask({ ...weigh, drop: pages[0] })));
  const kept = await ask(weigh);
  // The page that started the worker did not pass through it: keep it now.
  show(kept.size === null && !save ? await ask({ ...weigh, keep: pages }, () => {}) : kept);
}
