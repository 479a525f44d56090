// Shows how far the work behind a page is, every few seconds, until it is done; then the
// page is loaded anew, unless somebody is in the middle of something on it.

const PAUSE = 4000; // ms

const isBusy = () =>
  document.activeElement?.matches("input, textarea, select") || document.querySelector("main details[open] form");

export default function lookAgain(place) {
  const look = async () => {
    if (document.hidden) return setTimeout(look, PAUSE);
    const answer = await fetch(place.dataset.from, { signal: AbortSignal.timeout?.(15000) }).catch(() => null);
    if (answer?.status === 204) return isBusy() ? setTimeout(look, PAUSE) : location.reload();
    if (answer?.status === 200 && !answer.redirected) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
      if (fresh && !place.contains(document.activeElement)) place.replaceChildren(fresh);
    }
    setTimeout(look, PAUSE);
  };
  setTimeout(look, PAUSE);
}
