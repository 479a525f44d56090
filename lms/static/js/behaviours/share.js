// Hand a link on: by the device's own sheet, or else through the clipboard.

export default function share(button) {
  const { url, title, copy, copied } = button.dataset;
  const label = button.querySelector("span");
  const canShare = Boolean(navigator.share);
  if (!canShare && !navigator.clipboard) return; // the plain link stands beside it
  if (!canShare) label.textContent = copy;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (canShare) await navigator.share({ title, url });
      else {
        await navigator.clipboard.writeText(url);
        label.textContent = copied;
      }
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
    }
  });
}
