// The fields of one answer, all called "jawaban": ticks, texts, menus, or what a list of
// rows holds. Fields that are no ticks are told apart by their place.

const isTick = ({ type }) => type === "radio" || type === "checkbox";
const fieldsOf = (form) => [...form.elements].filter(({ name }) => name === "jawaban");

export const isAnswered = (form) =>
  fieldsOf(form).some((field) => (isTick(field) ? field.checked : field.value.trim() !== ""));

/** Whether something was chosen or typed before this script arrived. */
export const isTouched = (form) =>
  fieldsOf(form).some((field) => {
    if (isTick(field)) return field.checked !== field.defaultChecked;
    if (field.options) return !field.selectedOptions[0]?.defaultSelected;
    return field.value !== field.defaultValue;
  });

/** Put an answer into the form; `sent` are pairs of name and value as a form sends them. */
export function fill(form, sent) {
  const values = sent.filter(([name]) => name === "jawaban").map(([, value]) => value);
  let place = 0;
  for (const field of fieldsOf(form)) {
    if (isTick(field)) field.checked = values.includes(field.value);
    else {
      const value = values[place++] ?? "";
      if (field !== document.activeElement) field.value = value;
    }
    field.dispatchEvent(new Event("filled", { bubbles: true }));
  }
}
