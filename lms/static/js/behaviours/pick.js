// A field in which one types some letters of a name: what is found appears below it to
// choose from. Without this, sending the form does the same.

import { getJson } from "../lib/net.js";

const WAIT = 250; // ms without a key

export default function pick(field) {
  const { from, key, kind } = field.dataset;
  const [typed, foundBy] = field.querySelectorAll(":scope > input");
  const list = field.querySelector(".opts");
  const note = field.querySelector("[role=status]");
  let timer, asked = "";

  const choice = ([value, text, further]) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    const words = document.createElement("span");
    label.className = "opt";
    Object.assign(input, { type: kind, name: key, value });
    words.textContent = `${text} `;
    if (further) {
      const more = document.createElement("span");
      more.className = "small muted";
      more.textContent = further;
      words.append(more);
    }
    label.append(input, words);
    return label;
  };

  const look = async () => {
    const words = typed.value.trim();
    if (words === asked) return;
    asked = words;
    const answer = words ? await getJson(`${from}?cari=${encodeURIComponent(words)}`) : { rows: [], note: "" };
    if (!answer || words !== asked) return; // no line, or more was typed: the form still works
    const ticked = kind === "checkbox" ? [...list.children].filter((row) => row.firstElementChild.checked) : [];
    const known = new Set(ticked.map((row) => row.firstElementChild.value));
    list.replaceChildren(...ticked, ...answer.rows.filter(([value]) => !known.has(value)).map(choice));
    if (kind === "radio" && answer.rows.length === 1) list.querySelector("input").checked = true;
    foundBy.value = typed.value;
    note.textContent = answer.note;
  };

  typed.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  list.addEventListener("change", () => {
    if (kind === "checkbox" || !list.querySelector(":checked")) return;
    foundBy.value = typed.value;
  });
}
