// On every page of somebody signed in: start the service worker, which holds the page
// for who has no line. After the page is there: its own files come first.

import { register } from "../lib/worker.js";

export default function worker() {
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
}
