// A long form that outlives a reload, a lost line, a session that ended: what is typed
// stays in this tab alone, until it has been sent. Nothing goes to the server before.

const store = (() => { try { return sessionStorage; } catch { return null; } })();
const skipped = new Set(["csrf_token"]);

const fieldsOf = (form) =>
  [...new FormData(form)].filter(([name, value]) => !skipped.has(name) && typeof value === "string");

function restore(form, fields) {
  for (const input of form.elements) {
    if (!input.name || skipped.has(input.name)) continue;
    const values = fields.filter(([name]) => name === input.name).map(([, value]) => value);
    if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
    else if (values.length && "value" in input) input.value = values[0];
  }
}

export default function draft(element) {
  const key = `draf:${element.dataset.done || location.pathname}`;
  if ("done" in element.dataset) {
    store?.removeItem(key);
    return;
  }
  const keep = () => {
    try { store?.setItem(key, JSON.stringify(fieldsOf(element))); } catch { /* full: not kept */ }
  };
  try {
    const fields = JSON.parse(store?.getItem(key) ?? "null");
    // A form that came back with its mistakes holds what was sent.
    if (Array.isArray(fields) && !("sent" in element.dataset)) restore(element, fields);
  } catch { /* nothing to restore */ }
  element.addEventListener("input", keep);
}
