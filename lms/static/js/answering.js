// Beside the script of a page: rows of an ordering that move in place, and the words of
// an essay as they are typed. It listens at the document, so that a part of the page
// that is put in later works as well. Without it the buttons post.

const rowsOf = (box) => [...box.querySelectorAll("[data-place]")];
const orderOf = (box) => rowsOf(box).map((row) => row.dataset.place).join("-");
const fieldOf = (box) => box.querySelector("[name=jawaban]");

/** Let the buttons of each row fit its place. */
function settle(box) {
  const rows = rowsOf(box);
  rows.forEach((row, at) => {
    const [up, down] = row.querySelectorAll("[data-move]");
    up.disabled = at === 0;
    down.disabled = at === rows.length - 1;
  });
  const untouched = box.querySelector("[data-untouched]");
  if (untouched) untouched.hidden = Boolean(fieldOf(box).value);
}

/** What is on the page is the answer now; say which row went where. */
function keep(box, row) {
  const field = fieldOf(box);
  field.value = orderOf(box);
  settle(box);
  const rows = rowsOf(box);
  const facts = { step: row.querySelector("[data-step]").textContent.trim(), at: rows.indexOf(row) + 1, of: rows.length };
  box.querySelector("[aria-live]").textContent = box.dataset.told.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
}

/** Show the order that the field holds: another tab or the phone has put it there. */
function draw(box) {
  const wanted = fieldOf(box).value.split("-");
  const rows = rowsOf(box);
  if (wanted.length === rows.length) {
    rows.sort((a, b) => wanted.indexOf(a.dataset.place) - wanted.indexOf(b.dataset.place));
    rows[0].parentNode.append(...rows);
  }
  settle(box);
}

function move(box, button) {
  const step = Number(button.dataset.move);
  const row = button.closest("[data-place]") ?? rowsOf(box)[0];
  if (step < 0) row.previousElementSibling?.before(row);
  if (step > 0) row.nextElementSibling?.after(row);
  keep(box, row);
  // A button that can no longer be pressed hands the focus to its neighbour.
  const held = button.disabled || !step ? row.querySelector("[data-move]:enabled") : button;
  held.focus();
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-order] [data-move]");
  if (!button) return;
  event.preventDefault();
  move(button.closest("[data-order]"), button);
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-order] .grip");
  if (!grip || !event.isPrimary) return;
  event.preventDefault();
  const row = grip.closest("[data-place]");
  const box = grip.closest("[data-order]");
  const before = orderOf(box);
  row.classList.add("held");
  grip.setPointerCapture(event.pointerId);
  const follow = ({ clientY }) => {
    const middle = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2;
    const { previousElementSibling: above, nextElementSibling: below } = row;
    // The others make way: a row that is taken out of the page is let go.
    if (above && clientY < middle(above)) row.after(above);
    else if (below && clientY > middle(below)) row.before(below);
  };
  const end = () => {
    grip.removeEventListener("pointermove", follow);
    row.classList.remove("held");
    if (orderOf(box) !== before) keep(box, row);
  };
  grip.addEventListener("pointermove", follow);
  grip.addEventListener("lostpointercapture", end, { once: true });
});

/** Say how many words a text has, as the server counts them. */
function count(field) {
  const line = field.dataset?.count && document.getElementById(field.dataset.count);
  if (!line) return;
  const { least, most, fits, short, long } = line.dataset;
  const words = field.value.split(/\s+/).filter(Boolean).length;
  const text = Number(most) && words > most ? long : words < least ? short : fits;
  const { lang } = document.documentElement;
  line.textContent = text.replace("{count}", words.toLocaleString(lang));
}

document.addEventListener("input", ({ target }) => count(target));
document.addEventListener("filled", ({ target }) => {
  const box = target.closest("[data-order]");
  if (box) draw(box);
  count(target);
});

document.body.classList.add("live"); // rows can be dragged
for (const field of document.querySelectorAll("[data-count]")) count(field);
for (const box of document.querySelectorAll("[data-order]")) draw(box);
