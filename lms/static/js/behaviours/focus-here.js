// Bring reader and keyboard to what went wrong, as soon as the page opens.

export default function focusHere(element) {
  element.focus();
}
