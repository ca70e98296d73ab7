// What is pointed at: its values, where it stands, which rule read it and what that rule says.
const HIDDEN = new Set(["block_id", "char_start", "char_end", "seq", "task_id", "section_id", "block_ids", "section_path", "text", "message", "suggestion", "clause_section_id", "rule_id", "parent_citation_id", "unit_id", "page", "lead_text", "responsible_text", "supporting_text", "extra", "place"]);
let current = null, held = false; // the ref that the keys act on; whether a click holds it

/** Show what stands at a place: refs with the shortest words first; `block` tells what is left to say. */
function inspect(refs, block, hold) {
  if (held && !hold) return;
  held = hold;
  current = refs[0] ?? null;
  const shownRefs = refs.length > 1 ? refs.filter((ref, index) => index === 0 || ref[0] !== "m" || refs.length < 3) : refs;
  const parts = shownRefs.map((ref) => card(ref, ref === current));
  if (block !== undefined && !refs.some((ref) => ref[0] !== "m")) parts.push(blockCard(block));
  fill(document.getElementById("inspector"), parts.length ? parts : el("p", { class: "hint" }, say("point")));
  document.getElementById("inspector").scrollTop = 0;
}

function card(ref, first) {
  const { table, index, row, rule } = item(ref);
  const id = `${LETTER[table]}_id`;
  const facts = Object.entries(row).filter(([name, v]) => !HIDDEN.has(name) && name !== `${table.slice(0, -1)}_id` && name !== id && v !== null && v !== "" && !(Array.isArray(v) && !v.length));
  const unit = table === "task_units" ? unitOf.get(row.unit_id) : null;
  const [block] = placesOf(ref)[0] ?? [];
  return el("section", { class: `card ${SORT[ref[0]] ?? "task"}`, "data-r": ref, "aria-label": plain(`${say(table === "task_units" ? "units" : table)}: ${row.text ?? ""}`) },
    el("h3", {}, el("span", { class: `mark ${SORT[ref[0]] ?? ""}` }, say(table === "task_units" ? "units" : table)), " ",
      table === "tasks" ? row.label ?? "" : null, el("q", {}, table === "findings" ? row.message : clipped(row.text, 120)), stateMark(ref)),
    first ? buttons(ref) : null,
    el("dl", { class: "facts" },
      unit ? [el("dt", {}, label("units", "name")), el("dd", {}, unit.name, unit.members?.length ? ` （${unit.members.length}）` : "")] : null,
      facts.map(([name, v]) => [el("dt", {}, label(table, name)), el("dd", {}, shown(table, name, v))]),
      row.extra?.length ? row.extra.map(([name, v]) => [el("dt", {}, name), el("dd", {}, v)]) : null,
      ownerName(row) && table !== "tasks" ? [el("dt", {}, say("place")), el("dd", {}, `${ownerName(row)}`, block === undefined ? "" : ` · ${placeName(block)}`)] : null,
      row.suggestion ? [el("dt", {}, say("suggestion")), el("dd", {}, row.suggestion)] : null),
    table === "tasks" ? null : ruleTold(rule, row.rule_id));
}

const clipped = (text, most) => { const all = [...(text ?? "")]; return all.length > most ? all.slice(0, most).join("") + "…" : text ?? ""; };

/** A rule as its file says it; opened where it is the only thing to tell. */
function ruleTold(id, named) {
  const rule = DATA.rules[id];
  if (!rule) return id || named ? el("p", { class: "rule" }, `${say("rule")} `, el("code", {}, id ?? named)) : null;
  const means = Object.entries(rule.means).map(([name, v]) => `${name} = ${v}`).join("，");
  return el("details", { class: "rule" },
    el("summary", {}, `${say("rule")} `, el("code", {}, id), el("span", { class: "file" }, ` ${rule.file}:${rule.line}`), rule.hit.length ? el("span", { class: "first" }, marks(telling(rule.hit))) : null),
    el("dl", { class: "facts" },
      means ? [el("dt", {}, say("means")), el("dd", {}, means)] : null,
      rule.phrases.length ? [el("dt", {}, say("phrases")), el("dd", {}, rule.phrases.map((p) => el("code", {}, p)))] : null,
      rule.hit.length ? [el("dt", {}, say("sentences")), el("dd", {}, el("ul", {}, rule.hit.map((text) => el("li", {}, marks(text)))))] : null,
      rule.miss.length ? [el("dt", {}, say("not")), el("dd", {}, el("ul", {}, rule.miss.map((text) => el("li", {}, text))))] : null));
}

// a sentence that shows the words among others says more
const telling = (hits) => hits.find((text) => text.length < 60 && !/^[【〖]/.test(text)) ?? hits[0];

/** A sentence of a rule with its words in 【】 or 〖〗 lit. */
function marks(text) {
  const [open, close] = text.includes("〖") ? ["〖", "〗"] : ["【", "】"];
  return text.split(open).flatMap((part, index) => {
    if (!index) return [part];
    const [inside, ...rest] = part.split(close);
    return [el("mark", {}, inside), rest.join(close)];
  });
}

/** What a block is, where none of its words is a value. */
function blockCard(block) {
  const { role, text, number_label } = blocks[block];
  const unread = role === "unparsed";
  const head = headerOf(block), rule = DATA.rule_of.blocks[block] ?? (head === undefined ? null : DATA.rule_of.blocks[head]);
  const section = T.sections.findIndex((s) => s.block_id === blocks[block].block_id);
  const tasks = tasksInBlock.get(blocks[block].block_id) ?? [];
  return el("section", { class: `card block ${unread ? "unread" : ""}` },
    el("h3", {}, el("span", { class: "mark" }, term("roles", role)), " ", el("q", {}, clipped((number_label ?? "") + text, 60))),
    unread ? el("p", { class: "warn" }, say("unread_here")) : null,
    el("dl", { class: "facts" },
      el("dt", {}, say("place")), el("dd", {}, placeName(block)),
      head === undefined ? null : [el("dt", {}, say("column")), el("dd", {}, blocks[head].text.replace(/\s+/g, ""))],
      tasks.length ? [el("dt", {}, say("of_task")), el("dd", {}, tasks.slice(0, 8).map((t) => el("button", { class: "pill", type: "button", onclick: () => goTo(refOf("tasks", t)) }, T.tasks[t].label || String(t + 1))))] : null,
      section >= 0 ? [el("dt", {}, say("of_section")), el("dd", {}, T.sections[section].path)] : null),
    ruleTold(rule ?? (section >= 0 ? DATA.rule_of.sections[section] : null)));
}

/** Show a row in its table, and its words in the source. */
function goTo(ref, keepTab) {
  const { table } = item(ref);
  const wanted = table === "task_units" ? "tasks" : table;
  if (!keepTab && tab !== wanted && TABS.includes(wanted)) setTab(wanted);
  hold(ref);
  const row = rowNode(ref);
  if (row) reveal(row);
}

/** The row of the shown table that holds a ref, made if it was not yet. */
function rowNode(ref) {
  const { row, table } = item(ref);
  const own = table === "task_units" && tab === "tasks" ? refOf("tasks", taskAt.get(row.task_id)) : ref;
  const at = rowsShown.indexOf(own);
  if (at < 0 || !rowList) return null;
  rowList.show(Math.floor(at / CHUNK));
  return document.getElementById(`r-${own}`);
}

/** Hold a ref: its words lit and in view, its values told, its row marked. */
function hold(ref, scroll = true) {
  inspect([ref], undefined, true);
  light(ref, scroll);
  markRow(ref);
}

function markRow(ref) {
  document.querySelectorAll("#rows .chosen").forEach((node) => node.classList.remove("chosen"));
  if (ref) rowNode(ref)?.classList.add("chosen");
}
