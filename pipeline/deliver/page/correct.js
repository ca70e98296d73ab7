// Accepted, corrected, rejected: kept by the browser under the plan's key, saved as a file that `taizhang correct` reads.
const HOME = `taizhang:corrections:${DATA.document.plan_key || DATA.document.document_id}`;
const folded = (text) => (text ?? "").replace(/\s+/g, "");
const keyOf = (c) => JSON.stringify([c.table, folded(c.task), folded(c.block), c.twin, c.words, c.nth, c.table === "findings" ? c.was?.code ?? "" : ""]);
const filed = new Map(DATA.corrections.map((c) => [keyOf(c), c]));
let local = readLocal();
let stateOf = new Map(); // the words of a row → its correction

function readLocal() {
  try {
    const list = JSON.parse(stored(HOME) ?? "[]");
    // what has been filed in the meantime is no news
    return new Map(list.filter((c) => JSON.stringify(filed.get(keyOf(c))) !== JSON.stringify(c)).map((c) => [keyOf(c), c]));
  } catch { return new Map(); }
}

function keepLocal() {
  store(HOME, local.size ? JSON.stringify([...local.values()]) : null);
  findStates();
  fill(document.getElementById("tools"), tools());
  drawTabs();
  redrawRows();
}

/** All corrections of the plan: those filed, and over them those of this browser. */
const corrections = () => new Map([...filed, ...local].filter(([, c]) => c.verdict !== "withdraw"));

/** The blocks with a text, of tasks with a text where one is told. */
const sameBlocks = (block, task) => blocks.flatMap((one, index) => (
  folded(one.text) === folded(block) && (!task || (tasksInBlock.get(one.block_id) ?? []).some((t) => folded(T.tasks[t].text) === folded(task))) ? [index] : []));

function nthOf(text, words, at) {
  let n = 0;
  for (let found = text.indexOf(words); found >= 0 && found < at; found = text.indexOf(words, found + 1)) n++;
  return n;
}

/** Where a row stands, by its words alone, so that it is found again in another version of the file. */
function contentOf(ref) {
  const { table, row } = item(ref);
  if (table === "tasks") {
    const same = T.tasks.filter((task) => folded(task.text) === folded(row.text));
    return { table, words: row.text, nth: 0, block: "", twin: same.indexOf(row), task: row.text };
  }
  const [block, start, end] = placesOf(ref)[0] ?? [];
  const task = T.tasks[taskAt.get(row.task_id)]?.text ?? "";
  if (block === undefined) return { table, words: row.message ?? row.text ?? "", nth: 0, block: "", twin: 0, task };
  return placeContent(table, block, start, end, task);
}

function placeContent(table, block, start, end, task) {
  const { text, block_id } = blocks[block];
  const inTask = task && (tasksInBlock.get(block_id) ?? []).some((t) => T.tasks[t].text === task) ? task : "";
  const words = text.slice(start, end);
  return { table, words, nth: nthOf(text, words, start), block: text, twin: sameBlocks(text, inTask).indexOf(block), task: inTask };
}

/** Which rows have a correction. */
function findStates() {
  stateOf = new Map();
  for (const c of corrections().values()) {
    const ref = refOfCorrection(c);
    if (ref) stateOf.set(wordsOf(ref), c);
  }
}

function refOfCorrection(c) {
  if (c.table === "tasks") {
    const same = T.tasks.flatMap((task, index) => (folded(task.text) === folded(c.words) ? [index] : []));
    return same[c.twin] === undefined ? null : refOf("tasks", same[c.twin]);
  }
  const block = sameBlocks(c.block, c.task)[c.twin];
  if (block === undefined) return null;
  const { text, block_id } = blocks[block];
  const found = T[c.table].findIndex((row) => row.block_id === block_id && row.text === c.words && nthOf(text, c.words, unitsBefore(block, row.char_start)) === c.nth && (c.table !== "findings" || row.code === c.was?.code));
  return found < 0 ? null : refOf(c.table, found);
}

const STATE = { accept: "accepted", correct: "corrected", reject: "rejected", add: "added" };
const verdictClass = (ref) => { const c = ref && stateOf.get(wordsOf(ref)); return c ? STATE[c.verdict] : ""; };
function stateMark(ref) {
  const c = stateOf.get(wordsOf(ref));
  return c ? el("span", { class: `state ${STATE[c.verdict]}` }, say(STATE[c.verdict]), changes(c)) : null;
}
const changes = (c) => {
  const told = Object.entries(c.set ?? {}).filter(([name, v]) => String(v ?? "") !== String(c.was?.[name] ?? ""));
  return told.length && c.verdict !== "accept" ? `：${told.map(([name, v]) => `${name === "names" ? say("units") : label(c.table, name)} ${c.was?.[name] ? `${shown(c.table, name, c.was[name])} → ` : ""}${shown(c.table, name, v) || "—"}`).join("，")}` : "";
};

/** The values of a row that a person may set, as they are. */
function valuesOf(ref) {
  const { table, row } = item(ref);
  const out = table === "findings" ? { code: row.code } : {};
  for (const name of Object.keys(DATA.editable[table] ?? {})) out[name] = name === "names" ? [folded(row.text)] : row[name] ?? null;
  return out;
}

/** Record a verdict on a row. */
function decide(ref, verdict, set, note) {
  const { table } = item(ref);
  // a task's deadline is corrected where its words stand
  const was = valuesOf(ref);
  const c = { ...contentOf(ref), verdict, was, ...(verdict === "correct" ? { set } : verdict === "accept" && table !== "findings" ? { set: was } : {}), ...(note ? { note } : {}), at: new Date().toISOString().slice(0, 19) + "Z" };
  local.set(keyOf(c), c);
  keepLocal();
  hold(ref, false);
  announce(`${say(STATE[verdict])}：${clipped(c.words, 20)}`);
}

/** Take back the correction of a row: one of this browser is forgotten, one filed is withdrawn. */
function undo(key) {
  if (local.has(key)) local.delete(key);
  else if (filed.has(key)) local.set(key, { ...filed.get(key), verdict: "withdraw" });
  keepLocal();
  if (current) hold(current, false);
}

function buttons(ref) {
  const { table } = item(ref);
  const c = stateOf.get(wordsOf(ref));
  const edit = Object.keys(DATA.editable[table] ?? {}).length;
  return el("div", { class: "verdicts", role: "group", "aria-label": say("corrections") },
    el("button", { class: "button", type: "button", "data-do": "accept", "aria-keyshortcuts": "a", onclick: () => decide(ref, "accept") }, `✓ ${say("accept")}`, el("kbd", {}, "a")),
    edit ? el("button", { class: "button", type: "button", "data-do": "correct", "aria-keyshortcuts": "c", onclick: () => openForm(ref) }, `✎ ${say("correct")}`, el("kbd", {}, "c")) : null,
    el("button", { class: "button", type: "button", "data-do": "reject", "aria-keyshortcuts": "x", onclick: () => decide(ref, "reject") }, `✕ ${say("reject")}`, el("kbd", {}, "x")),
    c ? el("button", { class: "button quiet", type: "button", "data-do": "undo", "aria-keyshortcuts": "u", onclick: () => undo(keyOf(c)) }, `↺ ${say("undo")}`, el("kbd", {}, "u")) : null);
}

/** The fields of a row, to be set by a person. */
function openForm(ref) {
  const { table, row } = item(ref);
  if (table === "tasks") {
    const own = governing(row);
    if (own !== undefined) return openForm(refOf("deadlines", own));
  }
  if (!Object.keys(DATA.editable[table] ?? {}).length) return;
  const c = stateOf.get(wordsOf(ref));
  const now = { ...valuesOf(ref), ...(c?.verdict === "correct" ? c.set : {}) };
  showForm(table, row.text, now, c?.note, (set, note) => decide(ref, "correct", set, note), () => hold(ref, false));
}

function showForm(table, words, now, note, keep, back) {
  const inputs = Object.entries(DATA.editable[table]).map(([name, sort]) => [name, sort, field(table, name, sort, now[name])]);
  const said = el("input", { type: "text", name: "note", value: note ?? "" });
  const wrong = el("p", { class: "warn", role: "alert" });
  const form = el("form", {
    class: "card form", onsubmit: (event) => {
      event.preventDefault();
      const set = {};
      for (const [name, sort, input] of inputs) {
        const typed = input.value.trim();
        if (sort === "names") {
          const names = typed.split(/[、,，;；\n]+/).map(folded).filter(Boolean);
          const missing = names.find((one) => !folded(words).includes(one));
          if (missing !== undefined || !names.length) { fill(wrong, say("names_wrong", { n: missing ?? "" })); input.focus(); return; }
          set[name] = names;
        } else set[name] = typed === "" ? null : typed;
      }
      keep(set, said.value.trim());
    },
    onkeydown: (event) => { if (event.key === "Escape") { event.stopPropagation(); back(); } },
  },
  el("h3", {}, `✎ ${say("correct")} `, el("q", {}, clipped(words, 60))),
  el("div", { class: "fields" }, inputs.map(([name, , input]) => el("label", {}, el("span", {}, name === "names" ? say("names") : label(table, name)), input)), el("label", {}, el("span", {}, say("note")), said)),
  wrong,
  el("div", { class: "verdicts" }, el("button", { class: "button main", type: "submit" }, say("keep")), el("button", { class: "button quiet", type: "button", onclick: back }, say("cancel"))));
  held = true;
  fill(document.getElementById("inspector"), form);
  inputs[0][2].focus();
}

function field(table, name, sort, now) {
  if (Array.isArray(sort)) return el("select", { name }, sort.map((one) => el("option", { value: one, selected: one === now }, shown(table, name, one) || one)));
  if (sort === "date") return el("input", { type: "date", name, value: now ?? "", min: "1000-01-01", max: "9999-12-31" });
  if (sort === "names") return el("input", { type: "text", name, value: (now ?? []).join("、") });
  return el("input", { type: "text", inputmode: sort === "number" ? "decimal" : null, pattern: sort === "number" ? "-?[0-9]+(\\.[0-9]{1,6})?" : null, name, value: now ?? "" });
}

/** What may be made of words that a reader selected in one block of the source. */
function offerSelection() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || view !== "text") return;
  const range = selection.getRangeAt(0);
  const holder = (range.startContainer.parentElement ?? range.startContainer).closest?.("[data-b]");
  if (!holder || !holder.contains(range.endContainer) || !holder.closest("#source")) return;
  const block = Number(holder.dataset.b), words = selection.toString();
  const before = range.cloneRange();
  before.selectNodeContents(holder);
  before.setEnd(range.startContainer, range.startOffset);
  const { text, number_label } = blocks[block];
  const auto = holder.querySelector(".auto") ? number_label.length : 0;
  const start = before.toString().length - auto;
  if (!words.trim() || text.slice(start, start + words.length) !== words) return;
  const tasks = tasksInBlock.get(blocks[block].block_id) ?? [];
  const task = T.tasks[tasks[0]]?.text ?? "";
  const add = (table, now) => showForm(table, words, now, "", (set, note) => {
    const c = { ...placeContent(table, block, start, start + words.length, task), verdict: "add", was: {}, set, ...(note ? { note } : {}), at: new Date().toISOString().slice(0, 19) + "Z" };
    local.set(keyOf(c), c);
    keepLocal();
    held = false;
    inspect([], block, false);
    announce(`${say("added")}：${clipped(words, 20)}`);
  }, () => { held = false; inspect([], block, false); });
  held = true;
  current = null;
  fill(document.getElementById("inspector"), el("section", { class: "card" },
    el("h3", {}, `${say("selection")} `, el("q", {}, clipped(words, 60))),
    el("div", { class: "verdicts" }, el("span", {}, say("add_as")),
      el("button", { class: "button", type: "button", "data-add": "deadlines", onclick: () => add("deadlines", { kind: "due" }) }, say("deadlines")),
      task ? el("button", { class: "button", type: "button", "data-add": "task_units", onclick: () => add("task_units", { role: "responsible", names: [folded(words)] }) }, say("units")) : null,
      el("button", { class: "button", type: "button", "data-add": "citations", onclick: () => add("citations", { title: words.replace(/^[《〈]|[》〉]$/g, ""), relation: "refers" }) }, say("citations")),
      el("button", { class: "button", type: "button", "data-add": "targets", onclick: () => add("targets", { comparator: "eq" }) }, say("targets")))));
}

/** The list of all corrections, each to be taken back. */
function correctionList() {
  const all = [...new Map([...filed, ...local])];
  count(all.length);
  if (!all.length) return el("p", { class: "empty" }, say("no_corrections"));
  return [el("p", { class: "hint" }, say("save_hint")), el("ul", { class: "plainlist" }, all.map(([key, c]) => {
    const ref = refOfCorrection(c);
    return el("li", { class: "row correction", "data-r": ref },
      el("span", { class: `state ${STATE[c.verdict] ?? "withdrawn"}` }, say(STATE[c.verdict] ?? "withdrawn")),
      el("span", { class: "tag" }, say(c.table === "task_units" ? "units" : c.table)),
      ref ? value(ref, clipped(c.words, 40)) : el("q", {}, clipped(c.words, 40)), el("span", {}, changes(c).replace(/^：/, "")), c.note ? el("em", {}, c.note) : null,
      el("span", { class: "also" }, say(local.has(key) ? "local" : "kept")),
      c.verdict === "withdraw" && filed.has(key)
        ? el("button", { class: "button quiet", type: "button", onclick: () => { local.delete(key); keepLocal(); } }, say("undo"))
        : el("button", { class: "button quiet", type: "button", onclick: () => undo(key) }, say("withdraw")));
  }))];
}

/** The file: the plan it belongs to, and what was decided in this browser. */
function saveFile() {
  const { plan_key, document_id, file_name, title } = DATA.document;
  const list = [...local.values()];
  download("corrections.json", JSON.stringify({ format: "taizhang-corrections", version: 1, plan_key, document_id, file_name, title, corrections: list }, null, 1) + "\n");
  announce(say("saved", { n: list.length }));
}

/** Corrections from a file of this plan, as saved before. */
async function loadFile(file) {
  let data;
  try { data = JSON.parse(await file.text()); } catch { data = null; }
  if (data?.format !== "taizhang-corrections" || !Array.isArray(data.corrections)) return announce(say("bad_file"));
  if (data.document_id !== DATA.document.document_id && data.plan_key !== DATA.document.plan_key) return announce(say("other_plan"));
  data.corrections.forEach((c) => local.set(keyOf(c), c));
  keepLocal();
  announce(say("loaded", { n: data.corrections.length }));
}
