// Print the page; without this file the browser's own menu does it. Paper tells the day.

export default function print(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
  const title = document.querySelector(".lessonbar b");
  addEventListener("beforeprint", () => {
    if (title) title.dataset.day = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  });
}
