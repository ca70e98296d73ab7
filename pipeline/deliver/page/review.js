// The page: head, filters, both sides, and the hands that point at them.
function main() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  findStates();
  fill(document.getElementById("page"), head(), el("main", { id: "both" }, left(), right()), el("div", { id: "said", role: "status", "aria-live": "polite" }));
  drawSource(document.getElementById("source"));
  drawTable();
  inspect([], undefined, false);
}

function head() {
  const d = DATA.document;
  const facts = [d.doc_number, d.issuer, d.plan_year, d.region_name, d.issued_on].filter(Boolean);
  return el("header", { class: "top" },
    el("div", { class: "name" }, el("h1", {}, d.title || d.file_name), el("p", {}, facts.map((fact) => el("span", {}, fact)), el("span", { class: "file" }, d.file_name))),
    accountBox(),
    el("nav", { id: "tools", "aria-label": say("help") }, tools()));
}

/** How much of the file has a meaning, and where it has none. */
function accountBox() {
  const { accounted_ratio, unparsed_chars, char_count } = DATA.document;
  const whole = unparsed_chars === 0;
  return el("button", { class: `account ${whole ? "whole" : "gaps"}`, type: "button", id: "account", title: whole ? say("every_character") : say("next_unread"), onclick: nextUnread },
    el("span", { class: "ratio" }, `${say("accounted")} ${floorPercent(accounted_ratio)}`),
    el("meter", { min: 0, max: 1, value: accounted_ratio ?? 0, "aria-hidden": "true" }),
    el("span", { class: "left" }, whole ? `${char_count} ${say("characters")}` : `${say("unread")} ${unparsed_chars} / ${char_count}`));
}

// 99.999 % is not all of it
const floorPercent = (ratio) => `${(Math.floor((ratio ?? 0) * 10000) / 100).toFixed(2)}%`;

function tools() {
  const file = el("input", { type: "file", accept: "application/json,.json", hidden: true, "aria-label": say("load"), onchange: (event) => event.target.files[0] && loadFile(event.target.files[0]) });
  return [
    DATA.back ? el("a", { class: "button quiet", href: "index.html" }, `← ${say("back")}`) : null,
    el("button", { class: `button ${local.size ? "main" : ""}`, type: "button", id: "save", disabled: !local.size, title: say("save_hint"), onclick: saveFile }, say("save"), local.size ? ` (${local.size})` : ""),
    el("button", { class: "button quiet", type: "button", onclick: () => file.click() }, say("load")), file,
    el("button", { class: "button quiet", type: "button", onclick: printPage }, say("print")),
    el("button", { class: "button quiet", type: "button", id: "language", lang: language === "zh" ? "en" : "zh-CN", onclick: switchLanguage }, say("language")),
    el("button", { class: "button quiet", type: "button", id: "help", "aria-keyshortcuts": "?", onclick: () => helpBox("help_text") }, "?"),
  ];
}

function left() {
  const views = DATA.pictures.length ? ["text", "page"] : [];
  return el("section", { class: "side", "aria-label": say("source") },
    el("div", { class: "bar" }, el("h2", {}, say("source")),
      views.map((name) => el("button", { class: "pill", type: "button", "data-view": name, "aria-pressed": String(view === name), onclick: () => setView(name) }, say(`${name}_view`))),
      el("span", { class: "key" }, [["deadline", "deadlines"], ["unit", "units"], ["citation", "citations"], ["target", "targets"], ["finding", "findings"], ["unread", "unread"]].map(([sort, name]) => el("span", { class: `m ${sort} ${sort === "finding" ? "warning" : ""}` }, say(name)))),
      el("label", { class: "toggle" }, el("input", { type: "checkbox", id: "measures", onchange: (event) => document.getElementById("source").classList.toggle("measures", event.target.checked) }), say("show_measures"))),
    el("div", {
      id: "source", class: "paper-side", tabindex: 0, role: "document", "aria-label": say("source"),
      onmouseover: (event) => pointAtSource(event.target, false), onmouseleave: leave,
      onclick: (event) => { if (getSelection().isCollapsed) pointAtSource(event.target, true); }, onmouseup: () => setTimeout(offerSelection),
    }));
}

function right() {
  return el("section", { class: "side", "aria-label": say("read") },
    el("div", { class: "bar" }, el("div", { id: "filters", role: "search" }, filterBar()), el("span", { id: "count", class: "also", role: "status", title: say("rows_shown") })),
    el("div", { id: "tabs", role: "tablist", "aria-label": say("read"), onkeydown: walkTabs }, tabButtons()),
    el("div", { id: "rows", tabindex: 0, onmouseover: pointAtRow, onmouseleave: leave, onclick: chooseRow, onfocusin: focusRow }),
    el("div", { id: "inspector", role: "region", "aria-label": say("means"), tabindex: 0 }));
}

function filterBar() {
  const busy = new Map();
  T.task_units.forEach((row) => busy.set(row.unit_id, (busy.get(row.unit_id) ?? new Set()).add(row.task_id)));
  const units = [...busy].filter(([id]) => unitOf.has(id)).sort((a, b) => b[1].size - a[1].size).map(([id, tasks]) => [id, `${shortName(unitOf.get(id).name)} (${tasks.size})`]);
  const tally = (rows, key) => { const n = new Map(); rows.forEach((row) => { const k = key(row); if (k) n.set(k, (n.get(k) ?? 0) + 1); }); return n; };
  const kinds = [...tally(T.deadlines, (row) => row.kind)].sort((a, b) => b[1] - a[1]).map(([kind, n]) => [kind, `${term("kinds", kind)} (${n})`]);
  const months = [...tally(T.deadlines, monthOf)].sort().map(([month, n]) => [month, `${month} (${n})`]);
  const codes = [...tally(T.findings, (row) => row.code)].sort((a, b) => b[1] - a[1]).map(([code, n]) => [code, `${clipped(T.findings.find((f) => f.code === code).message, 14)} (${n})`]);
  const one = (name, options) => options.length ? choice(name, [["", `${say(name)}${say("colon")}${say("all")}`], ...options], filters[name], (chosen) => setFilter(name, chosen)) : null;
  return [
    el("input", { type: "search", id: "search", value: filters.search, placeholder: say("search_hint"), "aria-label": say("search"), "aria-keyshortcuts": "/", oninput: (event) => setFilter("search", event.target.value.trim()), onkeydown: searchKey }),
    one("unit", units), one("kind", kinds), one("month", months), one("finding", codes),
    el("button", { class: "button quiet", type: "button", id: "clear", hidden: !Object.values(filters).some(Boolean), title: say("clear"), "aria-label": say("clear"), onclick: clearFilters }, "✕"),
  ];
}

function tabButtons() {
  const n = { units: T.units.length, charts: "", corrections: local.size + filed.size || "" };
  return TABS.map((name) => el("button", { role: "tab", type: "button", id: `tab-${name}`, "aria-selected": String(tab === name), "aria-controls": "rows", tabindex: tab === name ? 0 : -1, onclick: () => setTab(name) },
    say(name), el("span", { class: "n" }, n[name] ?? T[name].length)));
}

const drawTabs = () => fill(document.getElementById("tabs"), tabButtons());

function redrawRows() {
  const parent = document.getElementById("rows"), top = parent.scrollTop;
  drawTable();
  parent.scrollTop = top;
}

function setTab(name) {
  tab = name;
  const focused = document.activeElement?.getAttribute("role") === "tab";
  drawTabs();
  drawTable();
  document.getElementById("rows").scrollTop = 0;
  if (focused) document.getElementById(`tab-${name}`).focus();
}

function walkTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  setTab(TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length]);
  document.getElementById(`tab-${tab}`).focus();
}

function setView(name) {
  if (!DATA.pictures.length || view === name) return;
  view = name;
  document.querySelectorAll("[data-view]").forEach((node) => node.setAttribute("aria-pressed", String(node.dataset.view === view)));
  drawSource(document.getElementById("source"));
  if (current) light(current, true);
}

function setFilter(name, chosen) {
  filters[name] = chosen;
  if (name === "search") searchSource();
  else {
    const kept = document.activeElement?.dataset?.filter;
    fill(document.getElementById("filters"), filterBar());
    if (kept) document.querySelector(`[data-filter="${kept}"]`)?.focus();
  }
  document.getElementById("clear").hidden = !Object.values(filters).some(Boolean);
  drawTable();
}

function clearFilters() {
  Object.keys(filters).forEach((name) => { filters[name] = ""; });
  searchSource();
  fill(document.getElementById("filters"), filterBar());
  drawTable();
}

function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  store("taizhang:language", language);
  const keep = current;
  main();
  if (keep) hold(keep, true);
  document.getElementById("language").focus();
}

function printPage() {
  sourceList?.all();
  rowList?.all();
  print();
}
addEventListener("beforeprint", () => { sourceList?.all(); rowList?.all(); });

// ── pointing ──
let waiting = 0;
function pointAtSource(node, click) {
  const at = pointed(node);
  if (!at) return;
  if (!click) {
    if (held) return;
    inspect(at.refs, at.block, false);
    light(at.refs[0] ?? null, false);
    return;
  }
  inspect(at.refs, at.block, true);
  light(at.refs[0] ?? null, false);
  const row = at.refs.map((ref) => rowNode(ref)).find(Boolean) ?? (tasksInBlock.get(blocks[at.block].block_id) ?? []).map((t) => rowNode(refOf("tasks", t))).find(Boolean);
  markRow(null);
  if (row) { row.classList.add("chosen"); reveal(row); }
  if (!at.refs.length) held = false;
}

function pointAtRow(event) {
  const node = event.target.closest("[data-r]");
  clearTimeout(waiting);
  if (held || !node?.dataset.r) return;
  const ref = node.dataset.r;
  inspect([ref], undefined, false);
  light(ref, false);
  // passing over is not pointing
  waiting = setTimeout(() => light(ref, "smooth"), 160);
}

function leave() {
  clearTimeout(waiting);
  if (!held) light(null);
}

function chooseRow(event) {
  const node = event.target.closest("[data-r]");
  if (node?.dataset.r) hold(node.dataset.r);
  node?.closest(".row")?.classList.add("chosen");
}

function focusRow(event) {
  const node = event.target.closest("[data-r]");
  if (node?.dataset.r && event.target.matches(":focus-visible")) { hold(node.dataset.r); node.closest(".row")?.classList.add("chosen"); }
}

/** Let go of what a click holds. */
function letGo() {
  held = false;
  markRow(null);
  light(null);
  inspect([], undefined, false);
}

// ── walking ──
let atFinding = -1;
function walkFindings(step) {
  if (tab !== "findings") setTab("findings");
  if (!rowsShown.length) return announce(say("nothing"));
  const held = rowsShown.indexOf(current);
  atFinding = ((held >= 0 ? held : step > 0 ? -1 : 0) + step + rowsShown.length) % rowsShown.length;
  walkTo(rowsShown[atFinding]);
}

function walkRows(step) {
  if (!rowsShown.length) return;
  const at = rowsShown.indexOf(current);
  walkTo(rowsShown[Math.max(0, Math.min(rowsShown.length - 1, at + step))]);
}

function walkTo(ref) {
  const row = rowNode(ref);
  if (row) { reveal(row); row.focus({ preventScroll: true }); }
  hold(ref);
}

let unreadAt = -1;
function nextUnread() {
  const all = T.findings.flatMap((row, index) => (row.code === "unparsed" ? [refOf("findings", index)] : []));
  const bare = all.length ? [] : blocks.flatMap((block, index) => (block.role === "unparsed" && block.text.trim() ? [index] : []));
  if (!all.length && !bare.length) return announce(say("every_character"));
  unreadAt = (unreadAt + 1) % (all.length || bare.length);
  if (all.length) return goTo(all[unreadAt]);
  const node = blockNode(bare[unreadAt]);
  if (node) { reveal(node); inspect([], bare[unreadAt], false); }
}

// ── searching the source: every place is lit without touching the text ──
let places = [], placeAt = -1;
function searchSource() {
  places = [];
  placeAt = -1;
  const wanted = filters.search.toLowerCase();
  if (wanted) blocks.forEach((block, index) => { if (block.text.toLowerCase().includes(wanted)) places.push(index); });
  paintSearch();
}

function paintSearch() {
  if (!globalThis.CSS?.highlights) return;
  CSS.highlights.delete("search");
  const wanted = filters.search.toLowerCase();
  if (!wanted) return;
  const ranges = [];
  document.querySelectorAll("#source [data-b]").forEach((holder) => {
    if (!holder.textContent.toLowerCase().includes(wanted)) return;
    const nodes = [], walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) { nodes.push([text.length, walker.currentNode]); text += walker.currentNode.data; }
    const spot = (at) => { const [start, node] = nodes.findLast(([from]) => from <= at); return [node, at - start]; };
    for (let at = text.toLowerCase().indexOf(wanted); at >= 0; at = text.toLowerCase().indexOf(wanted, at + wanted.length)) {
      const range = new Range(), [last, end] = spot(at + wanted.length - 1);
      range.setStart(...spot(at));
      range.setEnd(last, end + 1);
      ranges.push(range);
    }
  });
  if (ranges.length) CSS.highlights.set("search", new Highlight(...ranges));
}

function searchKey(event) {
  if (event.key === "Enter" && places.length) {
    placeAt = (placeAt + (event.shiftKey ? -1 : 1) + places.length) % places.length;
    const node = blockNode(places[placeAt]);
    if (node) { reveal(node); paintSearch(); }
    announce(`${placeAt + 1} / ${places.length}`);
  } else if (event.key === "Escape") { event.stopPropagation(); event.target.value = ""; setFilter("search", ""); event.target.blur(); }
}

// ── keys ──
const KEYS = {
  j: () => walkFindings(1), k: () => walkFindings(-1), "]": () => walkRows(1), "[": () => walkRows(-1),
  "/": () => document.getElementById("search").focus(), "?": () => helpBox("help_text"), n: nextUnread,
  v: () => setView(view === "text" ? "page" : "text"), s: () => local.size && saveFile(),
  a: () => current && decide(current, "accept"), x: () => current && decide(current, "reject"), c: () => current && openForm(current),
  u: () => { const c = current && stateOf.get(wordsOf(current)); if (c) undo(keyOf(c)); },
  Escape: () => (held ? letGo() : clearFilters()),
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, select, textarea") && event.key !== "Escape") return;
  const arrows = event.target.closest("#rows") ? { ArrowDown: () => walkRows(1), ArrowUp: () => walkRows(-1) } : {};
  const act = KEYS[event.key] ?? arrows[event.key] ?? (/^[1-9]$/.test(event.key) ? () => setTab(TABS[event.key - 1]) : null);
  if (act) { event.preventDefault(); act(); }
});

main();
