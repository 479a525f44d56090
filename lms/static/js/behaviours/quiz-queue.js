// On a quiz's cover and its result: send what was answered without a connection, and say
// so. Once handed in (data-done), nothing of the attempt stays on the phone.

import { openBox } from "../lib/outbox.js";
import { keepTrying, show, tell } from "../lib/quiz-state.js";

export default async function quizQueue(element) {
  const { reader, attempt } = element.dataset;
  const box = openBox(reader, attempt);
  const flush = async () => {
    const result = await box.flush();
    tell(result);
    return result;
  };
  if ("done" in element.dataset) {
    const { state } = await flush();
    if (state !== "lost" && state !== "signed-out") box.clear();
    return;
  }
  if (!box.isEmpty()) show("saving");
  keepTrying(box, flush);
}
