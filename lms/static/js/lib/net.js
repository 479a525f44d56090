// Talking to the server. Only same-origin addresses, always with the CSRF token.

/** What happened to a request: "ok", "refused" (asking again is useless), "lost". */
export const outcome = (status) =>
  status >= 200 && status < 300 ? "ok" : status >= 400 && status < 500 && status !== 429 ? "refused" : "lost";

export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/**
 * POST fields; never throws.
 * @param {string} url
 * @param {string[][]} fields pairs of name and value
 * @returns {Promise<{status: number, state: string, body: object}>} status 0: no line
 */
export async function postFields(url, fields) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "X-CSRFToken": csrfToken(), Accept: "application/json" },
      credentials: "same-origin",
      signal: AbortSignal.timeout?.(15000),
    });
    const body = await answer.json().catch(() => ({}));
    return { status: answer.status, state: outcome(answer.status), body };
  } catch {
    return { status: 0, state: "lost", body: {} };
  }
}

/**
 * POST a form and read the answer as a page. XMLHttpRequest, because it alone gives
 * a parsed document without a string of HTML in our hands (trusted types).
 * @returns {Promise<{status: number, url: string, page: Document | null}>}
 */
export function postForPage(url, form, submitter) {
  return new Promise((resolve) => {
    const data = new FormData(form);
    if (submitter?.name) data.append(submitter.name, submitter.value);
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.responseType = "document";
    request.timeout = 15000;
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "text/html");
    request.onloadend = () =>
      resolve({ status: request.status, url: request.responseURL, page: request.responseXML });
    request.send(data);
  });
}
