// Leave empty fields out of the address of a search, so that it is short to share.

export default function tidyForm(form) {
  const fields = () => form.querySelectorAll("input[name], select[name]");
  form.addEventListener("submit", () => {
    for (const field of fields()) field.disabled = field.value === "";
  });
  // Coming back from the next page, the fields work again.
  addEventListener("pageshow", () => {
    for (const field of fields()) field.disabled = false;
  });
}
