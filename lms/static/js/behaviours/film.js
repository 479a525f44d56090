// A video plays when it is asked for; the picture that stands for it comes when near.

export default function film(figure) {
  const video = figure.querySelector("video");
  const ask = figure.querySelector("[data-ask]");
  figure.querySelector("[data-play]").addEventListener("click", (event) => {
    event.preventDefault();
    video.focus();
    video.play().catch(() => {}); // its own controls say what is wrong
  });
  video.addEventListener("play", () => {
    ask.hidden = true;
    const captions = video.querySelector("[data-shown]");
    if (captions) captions.track.mode = "showing"; // to save data it was not fetched yet
  }, { once: true });
  const { poster } = figure.dataset;
  if (!poster || navigator.connection?.saveData) return;
  new IntersectionObserver(([seen], watch) => {
    if (!seen.isIntersecting) return;
    watch.disconnect();
    video.poster = poster;
  }, { rootMargin: "200px" }).observe(figure);
}
