// While nothing else is to do, fetch the next lesson: one page, and never at a cost.

export default function nextPage() {
  const next = document.querySelector('link[rel="next"]');
  const line = navigator.connection;
  if (!next || line?.saveData || /2g/.test(line?.effectiveType)) return;
  // Modules run before the page has loaded, so this is still to come.
  addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(() => {
    const link = document.createElement("link");
    link.rel = "prefetch";
    link.href = next.href;
    document.head.append(link);
  }));
}
