// Talking to the server. Only same-origin addresses, always with the CSRF token.

/** What happened to a request: "ok", "refused" (asking again is useless), "lost". */
export const outcome = (status) =>
  status >= 200 && status < 300 ? "ok" : status >= 400 && status < 500 && status !== 429 ? "refused" : "lost";

export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/** From now on everything on this page is sent with a new token. */
export function setCsrfToken(token) {
  const meta = document.querySelector('meta[name="csrf-token"]');
  if (meta) meta.content = token;
  for (const input of document.querySelectorAll('input[name="csrf_token"]')) input.value = token;
}

/** GET what a program reads; null when there is no answer. */
export async function getJson(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(15000) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/**
 * POST fields; never throws.
 * @param {string} url
 * @param {string[][]} fields pairs of name and value
 * @returns {Promise<{status: number, state: string, body: object, wait: number}>}
 *   status 0: no line; wait: seconds the server asks for, else NaN
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
    const wait = parseInt(answer.headers.get("Retry-After"), 10);
    return { status: answer.status, state: outcome(answer.status), body, wait };
  } catch {
    return { status: 0, state: "lost", body: {}, wait: NaN };
  }
}

/**
 * POST a form and read the answer as a page. XMLHttpRequest, because it alone gives
 * a parsed document without a string of HTML in our hands (trusted types).
 * @returns {Promise<{status: number, url: string, page: Document | null}>}
 */
export function postForPage(url, form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  return pageOf("POST", url, data);
}

/** Read a page of ours; answers like postForPage. */
export const getPage = (url) => pageOf("GET", url);

function pageOf(method, url, data) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.responseType = "document";
    request.timeout = 15000;
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "text/html");
    request.onloadend = () =>
      resolve({ status: request.status, url: request.responseURL, page: request.responseXML });
    request.send(data);
  });
}
