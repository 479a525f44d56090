// The service worker (sw.js), which keeps pages on the device.

/** Start the worker; its address is a constant of ours (trusted types ask).
 *  Nothing in private windows and without TLS. */
export async function register() {
  const workers = navigator.serviceWorker;
  const policy = window.trustedTypes?.createPolicy("pekerja", { createScriptURL: () => "/sw.js" });
  try {
    await workers.register(policy ? policy.createScriptURL("") : "/sw.js");
    return (await workers.ready).active;
  } catch {
    return null;
  }
}
