// The source as the reader knows it: headings, paragraphs, tables with their merged cells, pages with their pictures.
const SORT = { u: "unit", d: "deadline", c: "citation", q: "target", m: "measure", f: "finding" };
const ROWS = 40, PARAGRAPHS = 30; // of one piece
const headingLevel = new Map(T.sections.filter((s) => s.block_id).map((s) => [blockAt.get(s.block_id), s.level]));
const seenAs = new Map(); // ref → the elements that show its words
let sourceList = null, pieceOf = new Map(), view = "text";

/** Fill the left side. */
function drawSource(parent) {
  sourceList?.stop();
  seenAs.clear();
  pieceOf = new Map();
  const pieces = view === "page" ? pagePieces() : textPieces();
  sourceList = lazily(parent, pieces.map(({ height, make, holds }, index) => {
    holds.forEach((block) => pieceOf.has(block) || pieceOf.set(block, index));
    return [height, make];
  }));
}

function textPieces() {
  const pieces = [];
  let run = [];
  const close = () => {
    if (run.length) { const held = run; pieces.push({ holds: held, height: held.reduce((h, b) => h + blockHeight(b, 46), 0), make: () => held.map(paragraph) }); }
    run = [];
  };
  for (let at = 0; at < blocks.length; ) {
    if (blocks[at].table_index === null) {
      run.push(at++);
      if (run.length >= PARAGRAPHS) close();
      continue;
    }
    close();
    const table = blocks[at].table_index, cells = [];
    while (at < blocks.length && blocks[at].table_index === table) cells.push(at++);
    pieces.push(...tablePieces(cells));
  }
  close();
  return pieces;
}

const blockHeight = (block, wide) => 12 + 26 * Math.max(1, Math.ceil([...blocks[block].text].length / wide));

function paragraph(block) {
  const { part, kind, role, text } = blocks[block];
  const level = headingLevel.get(block);
  const tag = role === "title" ? "h2" : level && [...text].length <= 40 ? `h${Math.min(6, level + 2)}` : "p";
  return el(tag, { class: `block ${role} ${part} ${kind}`, id: `b${block}`, "data-b": block, dir: "auto" }, blockWords(block));
}

/** A table in pieces of rows that no merged cell joins. */
function tablePieces(cells) {
  const rows = new Map();
  cells.forEach((block) => { const row = blocks[block].row_index; if (!rows.has(row)) rows.set(row, []); rows.get(row).push(block); });
  const order = [...rows.keys()].sort((a, b) => a - b);
  const columns = Math.max(...cells.map((b) => blocks[b].col_index + (blocks[b].col_span ?? 1)));
  const { wide, short } = columnWidths(cells, columns);
  const pieces = [];
  let from = 0, reach = 0;
  order.forEach((row, index) => {
    reach = Math.max(reach, ...rows.get(row).map((b) => row + (blocks[b].row_span ?? 1)));
    const last = index === order.length - 1;
    if (!last && (index - from + 1 < ROWS || reach > order[index + 1])) return;
    const held = order.slice(from, index + 1);
    const holds = held.flatMap((r) => rows.get(r));
    const first = from === 0;
    pieces.push({
      holds,
      height: held.reduce((h, r) => h + Math.max(...rows.get(r).map((b) => blockHeight(b, Math.max(4, (wide.slice(blocks[b].col_index, blocks[b].col_index + (blocks[b].col_span ?? 1)).reduce((a, c) => a + c, 0) / 100) * 42)))), 0),
      make: () => tablePart(held.map((r) => rows.get(r)), wide, short, first, last),
    });
    from = index + 1;
  });
  return pieces;
}

function tablePart(rows, wide, short, first, last) {
  const number = blocks[rows[0][0]].table_index;
  return el("table", { class: `grid${first ? " first" : ""}${last ? " last" : ""}`, "aria-label": say("table", { n: number + 1 }) },
    el("colgroup", {}, wide.map((w) => el("col", { style: { width: `${w}%` } }))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((block) => {
      const { role, row_span, col_span, col_index } = blocks[block];
      const head = role === "table_header";
      return el(head ? "th" : "td", {
        class: `block ${role}${short[col_index] && (col_span ?? 1) === 1 ? " short" : ""}`, id: `b${block}`, "data-b": block, scope: head ? "col" : null, dir: "auto",
        rowspan: row_span > 1 ? row_span : null, colspan: col_span > 1 ? col_span : null,
      }, blockWords(block));
    })))));
}

// each column as wide as its short words need, the rest shared by how much the columns say
const LINE = 46; // full-width characters across
function columnWidths(cells, columns) {
  const wideOf = (text) => [...text].reduce((w, c) => w + (c.charCodeAt(0) < 0x2000 ? 0.56 : 1), 0);
  const most = Array(columns).fill(1), sum = Array(columns).fill(0), n = Array(columns).fill(0);
  for (const b of cells) {
    const { col_index, col_span, text } = blocks[b];
    if ((col_span ?? 1) !== 1) continue;
    most[col_index] = Math.max(most[col_index], ...text.split("\n").map((line) => wideOf(line.trim())));
    sum[col_index] += Math.min(text.length, 200);
    n[col_index] += 1;
  }
  const need = most.map((m) => Math.min(m, 7) + 1.4);
  const says = sum.map((s, c) => (most[c] > 7 ? (s / Math.max(1, n[c])) ** 0.75 : 0));
  const rest = Math.max(0, LINE - need.reduce((x, y) => x + y, 0)), all = says.reduce((x, y) => x + y, 0) || 1;
  const wide = need.map((w, c) => w + (rest * says[c]) / all);
  const total = wide.reduce((x, y) => x + y, 0);
  return { wide: wide.map((w) => Math.round((w / total) * 1000) / 10), short: most.map((m) => m <= 14) };
}

/** The words of a block, cut wherever something begins or ends. */
function blockWords(block) {
  const { text, number_label, role } = blocks[block];
  const own = covers[block];
  const number = number_label && !number_label.includes("\n") ? el("span", { class: "auto" }, number_label) : null;
  if (role === "unparsed" && text.trim() && !own.some(([, , ref]) => ref[0] === "f")) return [number, el("span", { class: "m unread", "data-r": "" }, text)];
  if (!own.length) return [number, text];
  const cuts = [...new Set([0, text.length, ...own.flatMap(([a, b]) => [a, b])])].sort((a, b) => a - b);
  const sorted = [...own].sort((x, y) => x[0] - y[0]);
  const out = [number];
  let open = [], next = 0;
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [a, b] = [cuts[i], cuts[i + 1]];
    open = open.filter(([, end]) => end > a);
    while (next < sorted.length && sorted[next][0] <= a) open.push(sorted[next++]);
    const words = text.slice(a, b);
    if (!open.length) { out.push(words); continue; }
    const refs = open.map(([, , ref]) => ref);
    const sorts = new Set(refs.map((ref) => (ref[0] === "f" ? findingClass(ref) : SORT[ref[0]])));
    const span = el("span", { class: `m ${[...sorts].join(" ")}`, "data-r": refs.join(" ") }, words);
    refs.forEach((ref) => { if (!seenAs.has(ref)) seenAs.set(ref, []); seenAs.get(ref).push(span); });
    out.push(span);
  }
  return out;
}

const findingClass = (ref) => { const { row } = item(ref); return row.code === "unparsed" ? "unread" : `finding ${row.severity}`; };

/** Pages with their pictures, the blocks as places on them. */
function pagePieces() {
  const onPage = new Map();
  const put = (page, place) => { if (!onPage.has(page)) onPage.set(page, []); onPage.get(page).push(place); };
  blocks.forEach((block, b) => {
    if (block.x0 !== null) put(block.page, [b, block.x0, block.top, block.x1, block.bottom]);
    // what a page break cuts goes on elsewhere
    for (const piece of block.continued_at ?? []) { const [page, ...box] = piece.split(" ").map(Number); put(page, [b, ...box]); }
  });
  return DATA.pictures.map((picture) => {
    const held = onPage.get(picture.page) ?? [];
    return {
      holds: held.map(([b]) => b), height: 700 * (picture.height / picture.width),
      make: () => el("figure", { class: "sheet" },
        el("figcaption", {}, say("page", { n: picture.page })),
        el("div", { class: "paper", style: { "aspect-ratio": `${picture.width} / ${picture.height}` } },
          picture.src ? el("img", { src: picture.src, alt: say("page", { n: picture.page }) }) : el("p", { class: "empty" }, say("no_picture")),
          held.map((place) => placeBox(place, picture)))),
    };
  });
}

function placeBox([b, x0, top, x1, bottom], picture) {
  const { role, text } = blocks[b];
  const part = (value, of) => `${Math.max(0, Math.min(100, (value / of) * 100)).toFixed(2)}%`;
  const sorts = new Set(covers[b].map(([, , ref]) => (ref[0] === "f" ? findingClass(ref) : SORT[ref[0]])));
  if (role === "unparsed") sorts.add("unread");
  const box = el("span", {
    class: `place block ${role} ${[...sorts].join(" ")}`, id: document.getElementById(`b${b}`) ? null : `b${b}`, "data-b": b, title: plain(text.slice(0, 80)),
    style: { left: part(x0, picture.width), top: part(top, picture.height), width: part(x1 - x0, picture.width), height: part(bottom - top, picture.height) },
  });
  covers[b].forEach(([, , ref]) => { if (!seenAs.has(ref)) seenAs.set(ref, []); seenAs.get(ref).push(box); });
  return box;
}

/** The element of a block, made if it was not yet; undefined where this view has no place for it. */
function blockNode(block) {
  const piece = pieceOf.get(block);
  if (piece === undefined) return undefined;
  sourceList.show(piece);
  return document.getElementById(`b${block}`) ?? undefined;
}

/** Light up the words of a row, and only them. */
let lit = [];
function light(ref, scroll) {
  lit.forEach((node) => node.classList.remove("lit"));
  lit = [];
  if (!ref) return;
  const places = placesOf(ref);
  places.forEach(([block]) => blockNode(block));
  // a block that a page break cuts has several places
  const whole = () => places.flatMap(([block]) => [...document.querySelectorAll(`#source [data-b="${block}"]`)]);
  lit = ref[0] === "t" || ref[0] === "s" ? whole() : seenAs.get(ref) ?? whole();
  lit.forEach((node) => node.classList.add("lit"));
  if (scroll && lit.length && !inView(lit[0])) reveal(lit[0], scroll === "smooth");
}

function inView(node) {
  const box = node.getBoundingClientRect(), frame = document.getElementById("source").getBoundingClientRect();
  return box.top >= frame.top + 8 && box.bottom <= frame.bottom - 8;
}

/** What stands at a node of the source: the refs of its words (shortest first), and its block. */
function pointed(node) {
  const words = node.closest?.("[data-r], [data-b]"), holder = node.closest?.("[data-b]");
  if (!holder) return null;
  const block = Number(holder.dataset.b);
  let refs = words?.dataset.r === undefined ? [] : words.dataset.r.split(" ").filter(Boolean);
  if (holder.classList.contains("place")) refs = covers[block].filter(([, , ref]) => ref[0] !== "m").map(([, , ref]) => ref);
  const length = (ref) => { const { row } = item(ref); return ref[0] === "m" ? 1e6 : row.char_end - row.char_start; };
  const told = new Map();
  refs.sort((a, b) => length(a) - length(b)).forEach((ref) => { if (!told.has(wordsOf(ref))) told.set(wordsOf(ref), ref); });
  return { block, refs: [...told.values()] };
}
