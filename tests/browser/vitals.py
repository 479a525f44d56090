"""What a slow phone meets: paint, shifts, answers to a finger, bytes."""

from dataclasses import dataclass, field

KBIT = 1000 / 8  # bytes

WATCH = """
window.seen = { lcp: 0, cls: 0, inp: 0 };
const watch = (type, options, note) =>
  new PerformanceObserver((list) => list.getEntries().forEach(note))
    .observe({ type, buffered: true, ...options });
watch("largest-contentful-paint", {}, (e) => { seen.lcp = e.startTime; });
watch("layout-shift", {}, (e) => { if (!e.hadRecentInput) seen.cls += e.value; });
watch("event", { durationThreshold: 16 }, (e) => {
  if (e.interactionId) seen.inp = Math.max(seen.inp, e.duration);
});
"""

# Some work, done until 120 ms have gone by: how long it takes once, in milliseconds.
PACE = """() => {
  const work = () => {
    let x = 0;
    for (let i = 0; i < 3e6; i++) x = (x * 31 + i) | 0;
    return x;
  };
  const begun = performance.now();
  let done = 0;
  while (performance.now() - begun < 120) {
    work();
    done++;
  }
  return (performance.now() - begun) / done;
}"""
QUIET = 21  # of that, six times as fast as on the phone


@dataclass
class Visit:
    """What one page cost.

    lcp, inp   milliseconds; inp 0 = nothing took 16 ms or longer
    cls        layout shift, without a unit
    packed     bytes over the wire, by address
    nodes      elements of the page
    """

    lcp: float = 0
    cls: float = 0
    inp: float = 0
    nodes: int = 0
    packed: dict[str, int] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        return sum(self.packed.values())


class SlowPhone:
    """A page of a browser on a bad line, with a slow processor.

    cpu  how many times slower than one that does PACE in QUIET. Where this machine has
         other work and is slower already, it is slowed down by that much less: a phone
         is as fast as it is, whatever else runs here.
    """

    def __init__(self, page, kbit: int = 400, latency: int = 400, cpu: int = 6) -> None:
        self.page = page
        self.packed: dict[str, int] = {}
        self._asked: dict[str, str] = {}
        page.add_init_script(WATCH)
        line = page.context.new_cdp_session(page)
        line.on("Network.requestWillBeSent", self._ask)
        line.on("Network.loadingFinished", self._finish)
        line.send("Network.enable")
        line.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": latency,
                "downloadThroughput": kbit * KBIT,
                "uploadThroughput": kbit * KBIT,
            },
        )
        rate = cpu * min(1.0, QUIET / page.evaluate(PACE))
        line.send("Emulation.setCPUThrottlingRate", {"rate": max(1.0, rate)})

    def _ask(self, event) -> None:
        self._asked[event["requestId"]] = event["request"]["url"]

    def _finish(self, event) -> None:
        address = self._asked.get(event["requestId"])
        if address and not address.startswith("data:"):
            size = int(event["encodedDataLength"])
            self.packed[address] = self.packed.get(address, 0) + size

    def open(self, path: str) -> Visit:
        """Open a page, wait until it is quiet, and say what it cost."""
        self.packed.clear()
        self.page.goto(path, wait_until="networkidle", timeout=60_000)
        # A slow phone may ask for its letters after a quiet moment; left at once, the
        # next visit would have to fetch them.
        self.page.evaluate("document.fonts.ready.then(() => 0)")
        return self.visit()

    def visit(self) -> Visit:
        """Say what the open page has cost so far."""
        self.page.wait_for_timeout(300)  # events are told a moment later
        seen = self.page.evaluate("seen")
        nodes = self.page.evaluate("document.querySelectorAll('*').length")
        packed = {url: size for url, size in self.packed.items() if size}
        return Visit(seen["lcp"], seen["cls"], seen["inp"], nodes, packed)
