// The service worker (sw.js), which keeps pages on the device.

/** Start the worker; its address is a constant of ours (trusted types ask).
 *  Nothing in private windows and without TLS. */
export async function register() {
  const workers = navigator.serviceWorker;
  const policy = window.trustedTypes?.createPolicy("pekerja", { createScriptURL: () => "/sw.js" });
  try {
    await workers.register(policy ? policy.createScriptURL("") : "/sw.js");
    const { active } = await workers.ready;
    // A page on its way while the worker began was not claimed with the others.
    if (!workers.controller) active.postMessage({ claim: true });
    return active;
  } catch {
    return null;
  }
}
