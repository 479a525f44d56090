// localStorage that never throws: private windows and full disks lose drafts, not pages.

export function readJson(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

/** Say whether the value is really kept. */
export function writeJson(key, value) {
  try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; }
}

export function forget(key) {
  try { localStorage.removeItem(key); } catch { /* nothing to forget */ }
}

/** Names of everything kept under `prefix`. */
export function keysOf(prefix) {
  try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; }
}
