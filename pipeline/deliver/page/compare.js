// Two plans side by side: a row for each task, filtered by what became of it.
const asked = { relation: "", move: "", search: "" };

function main() {
  document.documentElement.lang = "zh-CN";
  fill(document.getElementById("page"),
    el("header", { class: "top" },
      el("div", { class: "name" }, el("h1", {}, DATA.title), el("p", {}, el("span", {}, DATA.kind), el("span", { id: "count" }))),
      el("nav", { id: "tools" }, el("button", { class: "button quiet", type: "button", onclick: () => print() }, say("print")))),
    el("div", { class: "bar", id: "filters", role: "search" }),
    el("main", {}, el("table", { class: "pair" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, paper(DATA.old)), el("th", { scope: "col", class: "between" }, "去向和变化"), el("th", { scope: "col" }, paper(DATA.new)))),
      el("tbody", { id: "rows" }))),
    el("div", { id: "said", role: "status", "aria-live": "polite" }));
  drawFilters();
  draw();
}

function paper(one) {
  return [one.title ?? one.file_name, one.doc_number ? ` ${one.doc_number}` : "", one.issued_on ? ` ${one.issued_on}` : ""];
}

function counted(read) {
  const n = new Map();
  DATA.rows.forEach((row) => read(row).forEach((name) => n.set(name, (n.get(name) ?? 0) + 1)));
  return n;
}

function drawFilters() {
  const relations = counted((row) => [row.relation]), moves = counted((row) => row.moves);
  const pills = Object.entries(DATA.relations).filter(([name]) => relations.has(name)).map(([name, words]) =>
    el("button", { class: "pill", type: "button", "data-relation": name, "aria-pressed": String(asked.relation === name), onclick: () => ask("relation", asked.relation === name ? "" : name) }, `${words} ${relations.get(name)}`));
  const options = Object.entries(DATA.moves).filter(([name]) => moves.has(name)).map(([name, words]) => [name, `${words} (${moves.get(name)})`]);
  fill(document.getElementById("filters"), pills,
    el("select", { class: `choice ${asked.move ? "set" : ""}`, id: "move", "aria-label": "时限变动", onchange: (event) => ask("move", event.target.value) },
      [["", "时限变动：全部"], ...options].map(([value, words]) => el("option", { value, selected: value === asked.move }, words))),
    el("input", { type: "search", id: "search", value: asked.search, placeholder: say("search_hint"), "aria-label": say("search"), oninput: (event) => { asked.search = event.target.value.trim(); draw(); } }),
    el("button", { class: "button quiet", type: "button", onclick: clear }, say("clear")));
}

function ask(name, value) {
  const kept = document.activeElement?.dataset?.relation ?? document.activeElement?.id;
  asked[name] = value;
  drawFilters();
  draw();
  (document.querySelector(`[data-relation="${kept}"]`) ?? (kept && document.getElementById(kept)))?.focus();
}

function clear() {
  Object.keys(asked).forEach((name) => { asked[name] = ""; });
  drawFilters();
  draw();
}

function chosen() {
  const wanted = asked.search.toLowerCase();
  const says = (task) => [task.text, task.path, task.deadline, ...task.units.flatMap(([, names]) => names)].some((words) => words.toLowerCase().includes(wanted));
  return DATA.rows.filter((row) => (!asked.relation || row.relation === asked.relation) && (!asked.move || row.moves.includes(asked.move))
    && (!wanted || [...row.old, ...row.new].some(says)));
}

function draw() {
  const rows = chosen();
  fill(document.getElementById("count"), say("shown", { n: rows.length, of: DATA.rows.length }));
  fill(document.getElementById("rows"), rows.length ? rows.map(line) : el("tr", {}, el("td", { colspan: 3, class: "empty" }, say("nothing"))));
}

function line(row) {
  return el("tr", { "data-relation": row.relation },
    el("td", {}, row.old.length ? row.old.map((task) => card(task, "gone", "del")) : el("p", { class: "nothing" }, "（原计划没有）")),
    el("td", { class: "between" },
      el("span", { class: `what ${row.relation}` }, DATA.relations[row.relation]),
      row.changes.length ? el("ul", {}, row.changes.map((words) => el("li", {}, words))) : null,
      row.why.length ? el("details", {}, el("summary", {}, row.score ? `依据（相似度 ${row.score.toFixed(2)}）` : "依据"), row.why.map((lines) => el("div", {}, lines.map((words) => words.trim()).join("\n")))) : null),
    el("td", {}, row.new.length ? row.new.map((task) => card(task, "came", "ins")) : el("p", { class: "nothing" }, "（新计划没有）")));
}

function card(task, kind, tag) {
  return el("div", { class: "task" },
    el("p", { class: "where" }, task.place, task.path ? ` ${task.path}` : ""),
    el("p", { class: "words" }, marked(task, kind, tag)),
    task.deadline ? el("span", { class: "also" }, `时限：${task.deadline}`) : null,
    task.units.map(([role, names]) => el("span", { class: "also" }, `${role}：${names.join("、")}`)));
}

function marked(task, kind, tag) {
  const parts = [];
  let at = 0;
  for (const [start, end] of task.marked) {
    parts.push(task.text.slice(at, start), el(tag, { class: kind }, task.text.slice(start, end)));
    at = end;
  }
  parts.push(task.text.slice(at));
  return parts;
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") clear();
  if (event.target.closest("input, select")) return;
  if (event.key === "/") { event.preventDefault(); document.getElementById("search").focus(); }
});

main();
