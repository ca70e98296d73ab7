// Elements from values. Text only ever comes in as text; characters that a reader cannot see are written out.

const SVG = "http://www.w3.org/2000/svg";
// controls, marks of direction, lone surrogates: what hides or turns the words around it
const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** An element: el("p", {class: "x", onclick: f, "aria-label": "…"}, child, "text", [more]). */
function el(tag, props, ...children) {
  return made(document.createElement(tag), props, children);
}

/** The same for a drawing. */
function svg(tag, props, ...children) {
  return made(document.createElementNS(SVG, tag), props, children);
}

function made(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, set] of Object.entries(value)) node.style.setProperty(key, set);
    else node.setAttribute(name, value === true ? "" : value);
  }
  put(node, children);
  return node;
}

/** Put children into a node: nodes, lists of them, or text. */
function put(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) put(node, child);
    else if (child instanceof Node) node.appendChild(child);
    else putText(node, String(child));
  }
}

/** Text as it is; a character that cannot be seen as its number. */
function putText(node, text) {
  let rest = text, found;
  while ((found = ODD.exec(rest))) {
    if (found.index) node.appendChild(document.createTextNode(rest.slice(0, found.index)));
    const code = "U+" + found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    const mark = document.createElement("span");
    mark.className = "odd";
    mark.textContent = code;
    node.appendChild(mark);
    rest = rest.slice(found.index + 1);
  }
  if (rest) node.appendChild(document.createTextNode(rest));
}

/** Replace what a node holds. */
function fill(node, ...children) {
  node.replaceChildren();
  put(node, children);
  return node;
}

/** Text as a plain string that may stand in an attribute: what cannot be seen is written out. */
function plain(text) {
  return String(text).replace(new RegExp(ODD.source, "g"), (c) => "U+" + c.charCodeAt(0).toString(16).toUpperCase());
}

/**
 * A long list in pieces that are made when they come into view, and the rest in idle time: all of it can then be
 * searched and printed. `pieces` are [estimated height, make()]; make gives the children of the piece.
 */
function lazily(parent, pieces) {
  const boxes = pieces.map(([height]) => el("div", { class: "piece", style: { "contain-intrinsic-size": `auto ${height}px`, "min-height": `${height}px` } }));
  const waiting = new Set(boxes.keys());
  function show(index) {
    if (!waiting.delete(index)) return;
    boxes[index].style.removeProperty("min-height");
    put(boxes[index], [pieces[index][1]()]);
    seen.unobserve(boxes[index]);
  }
  const seen = new IntersectionObserver(
    (entries) => entries.forEach((entry) => entry.isIntersecting && show(boxes.indexOf(entry.target))),
    { rootMargin: "600px" },
  );
  parent.replaceChildren(...boxes);
  show(0);
  boxes.forEach((box, index) => waiting.has(index) && seen.observe(box));
  const idle = globalThis.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 8 }), 30));
  let stopped = false;
  idle(function more(deadline) {
    while (!stopped && waiting.size && deadline.timeRemaining() > 4) show(waiting.values().next().value);
    if (!stopped && waiting.size) idle(more);
  });
  return { show, all: () => [...waiting].forEach(show), stop: () => { stopped = true; seen.disconnect(); } };
}

/**
 * Bring a node into view within what scrolls around it; gently when it is near. What is drawn on the way may move it:
 * it is looked at once more.
 */
function reveal(node, gently) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const near = Math.abs(node.getBoundingClientRect().top - innerHeight / 2) < innerHeight;
  const go = (behavior) => node.scrollIntoView({ block: "center", inline: "nearest", behavior });
  go(gently && near && !calm ? "smooth" : "instant");
  const before = node.getBoundingClientRect().top;
  if (!near || calm || !gently) requestAnimationFrame(() => requestAnimationFrame(() => { if (Math.abs(node.getBoundingClientRect().top - before) > 4) go("instant"); }));
}

/** Say something to who looks and to who listens. */
function announce(text) {
  const line = document.getElementById("said");
  if (line) { fill(line, text); clearTimeout(announce.timer); announce.timer = setTimeout(() => fill(line), 6000); }
}

/** A dialog of its own, closed by Esc. */
function dialog(title, ...children) {
  const box = el("dialog", { "aria-label": plain(title), class: "dialog" },
    el("h2", {}, title), children,
    el("form", { method: "dialog" }, el("button", { class: "button" }, say("close"))));
  box.addEventListener("close", () => box.remove());
  document.body.appendChild(box);
  box.showModal();
  return box;
}

/** The keys of the page and what they do. */
function helpBox(keys) {
  return dialog(say("help"), keys === "help_text" ? el("p", {}, say("help_intro")) : null,
    el("dl", { class: "keys" }, say(keys).map(([key, does]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, does)])));
}

/** A choice: options are [value, words]. */
function choice(name, options, chosen, change, extra) {
  return el("select", { class: `choice ${chosen ? "set" : ""}`, "data-filter": name, "aria-label": say(name), onchange: (event) => change(event.target.value), ...extra },
    options.map(([value, words]) => el("option", { value, selected: value === chosen }, words)));
}

/** Hand a file to the reader. */
function download(name, text) {
  const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: name });
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
