// Every page works without this file. An element asks for more with
// data-behaviour="name"; the module behaviours/name.js then gets it, once.

const started = new WeakSet();

/** Start the behaviours of `root` and of everything in it. */
export function start(root) {
  const inside = [...root.querySelectorAll("[data-behaviour]")];
  for (const element of root.matches?.("[data-behaviour]") ? [root, ...inside] : inside) {
    if (started.has(element)) continue;
    started.add(element);
    for (const name of element.dataset.behaviour.split(" ")) {
      import(`./behaviours/${name}.js`).then((module) => module.default(element));
    }
  }
}

start(document);
