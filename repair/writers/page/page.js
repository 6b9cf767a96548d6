"use strict";
// The page is complete without this script; it adds facets, keys, and answers. Text of documents is
// only ever moved as text: nothing here writes HTML.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const body = document.body, api = body.dataset.api || "", reviewing = body.dataset.review === "1";
  const rows = all(".row"), passages = all(".passage"), docs = all(".doc");
  const marks = new Map(all(".mark").map((mark) => [mark.dataset.e, mark]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const facets = { kind: "", rule: "", bin: "", doc: "" };
  const answers = new Map(), history = [];
  let shown = rows, now = -1, query = "", tip = null;
  const said = $("#said"), track = $(".track");
  const records = new Map();
  const record = (row) => {
    if (!records.has(row)) records.set(row, JSON.parse(row.dataset.record));
    return records.get(row);
  };
  const make = (tag, props = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  };
  const keep = (key, value) => { try { return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value); } catch { return null; } };

  // ---- facets ---------------------------------------------------------------------------------
  const words = new Map();
  const textOf = (row) => {
    if (!words.has(row)) {
      const passage = row.closest(".passage"), name = passage.parentNode.dataset.name;
      words.set(row, `${name} ${row.textContent} ${$(".text", passage).textContent}`.toLowerCase());
    }
    return words.get(row);
  };
  const fits = (row) =>
    (!facets.kind || (facets.kind === "left" ? !answers.has(row.id) : row.dataset.kind === facets.kind)) &&
    (!facets.rule || row.dataset.rule === facets.rule) &&
    (!facets.bin || row.dataset.bin === facets.bin) &&
    (!facets.doc || row.dataset.doc === facets.doc) &&
    (!query || textOf(row).includes(query));
  function filter() {
    const current = rows[now >= 0 ? rows.indexOf(shown[now]) : -1];
    shown = [];
    for (const row of rows) {
      const fit = fits(row);
      if (row.hidden === fit) { row.hidden = !fit; marks.get(row.id)?.classList.toggle("dim", !fit); }
      if (fit) shown.push(row);
    }
    const some = new Set(shown.map((row) => row.parentNode.parentNode));
    const inDoc = new Set(shown.map((row) => row.dataset.doc));
    for (const passage of passages) passage.hidden = !some.has(passage);
    for (const doc of docs) doc.hidden = !inDoc.has(doc.id) && !(doc.classList.contains("bad") && !facets.rule && !facets.bin && !facets.kind && !query);
    $("#none").hidden = shown.length > 0;
    now = shown.indexOf(current);
    tell();
  }
  function tell(message) {
    const done = rows.reduce((sum, row) => sum + answers.has(row.id), 0);
    said.textContent = message || (reviewing || done ? `${done.toLocaleString("en")} of ${rows.length.toLocaleString("en")} answered` : `${shown.length.toLocaleString("en")} shown`);
    if (reviewing) track.style.width = `${(100 * done) / Math.max(1, rows.length)}%`;
  }
  for (const button of all("[data-facet]")) {
    button.addEventListener("click", () => {
      const { facet, value } = button.dataset;
      facets[facet] = facets[facet] === value ? "" : value;
      for (const other of all(`[data-facet="${facet}"]`)) other.setAttribute("aria-pressed", String(facets[facet] === other.dataset.value));
      filter();
    });
  }
  let wait = 0;
  $("#find").addEventListener("input", (event) => {
    clearTimeout(wait);
    wait = setTimeout(() => { query = event.target.value.trim().toLowerCase(); filter(); }, 120);
  });

  // ---- going from edit to edit ----------------------------------------------------------------
  function go(to, focus = true) {
    if (!shown.length) return;
    for (const old of all(".now")) old.classList.remove("now");
    now = Math.max(0, Math.min(shown.length - 1, to));
    const row = shown[now], mark = marks.get(row.id);
    row.classList.add("now");
    mark?.classList.add("now");
    if (focus) { row.scrollIntoView({ block: "center" }); row.focus({ preventScroll: true }); }
    row.append(acts);
  }
  const rowOf = (target) => target.closest?.(".row") || byId.get(target.closest?.(".mark")?.dataset.e);
  document.addEventListener("click", (event) => {
    const row = rowOf(event.target);
    if (row && !event.target.closest("button")) go(shown.indexOf(row), false);
  });

  // ---- answers --------------------------------------------------------------------------------
  const ANSWERS = [
    ["y", "accept", "accept"], ["n", "reject", "reject"], ["e", "replace", "write my own"], ["a", "always", "always"],
    ["h", "never-here", "never here"], ["f", "never-in-file", "never in this file"], ["v", "never", "never anywhere"],
  ];
  const acts = make("span", { className: "acts" });
  for (const [key, answer, label] of ANSWERS) {
    const button = make("button", { type: "button" }, make("kbd", { textContent: key }), label);
    button.addEventListener("click", (event) => { event.stopPropagation(); give(answer); });
    acts.append(button);
  }
  const GOOD = new Set(["accept", "always", "replace"]);
  function show(row) {
    const given = answers.get(row.id), mark = marks.get(row.id);
    let label = $(".answer", row);
    if (!label) $(".why", row).after((label = make("span", { className: "answer" })));
    label.textContent = given ? given.answer.replaceAll("-", " ") : "";
    mark?.classList.toggle("accepted", !!given && GOOD.has(given.answer));
    mark?.classList.toggle("rejected", !!given && !GOOD.has(given.answer));
    let ins = mark && $("ins", mark);
    if (mark && !ins && given?.answer === "replace") mark.append((ins = make("ins")));
    if (ins) {
      ins.dataset.was ??= ins.textContent;
      if (given?.answer === "replace") ins.textContent = given.replacement;
      else if (ins.dataset.changed) ins.textContent = ins.dataset.was;
      ins.dataset.changed = given?.answer === "replace" ? "1" : "";
    }
  }
  const reach = (row, answer) => { // the rows that one answer settles
    const same = (other) => other === row || (!answers.has(other.id) && record(other).before === record(row).before);
    if (answer === "always") return rows.filter((r) => same(r) && record(r).after === record(row).after);
    if (answer === "never-in-file") return rows.filter((r) => same(r) && r.dataset.doc === row.dataset.doc);
    if (answer === "never") return rows.filter(same);
    return [row];
  };
  async function give(answer, replacement) {
    const row = shown[now];
    if (!row) return;
    if (answer === "accept" && record(row).before === record(row).after) return void tell("no repair is known: write your own (e)");
    if (answer === "replace" && replacement === undefined) return ask(row);
    settle([{ row, answer, replacement }]);
    const next = shown.findIndex((other, at) => at > now && !answers.has(other.id));
    go(next >= 0 ? next : now + 1);
  }
  function settle(given) {
    const before = new Map(), sent = [];
    for (const { row, answer, replacement } of given) {
      for (const other of reach(row, answer)) {
        if (!before.has(other)) before.set(other, answers.get(other.id));
        answers.set(other.id, { answer, replacement });
        show(other);
      }
      sent.push({ ...record(row), document: $(`#${row.dataset.doc}`).dataset.name, answer, ...(answer === "replace" ? { replacement } : {}) });
    }
    history.push({ before, sent });
    tell();
    save(sent);
  }
  function undo() {
    const last = history.pop();
    if (!last) return void tell("nothing to undo");
    for (const [row, given] of last.before) {
      if (given) answers.set(row.id, given); else answers.delete(row.id);
      show(row);
    }
    go(shown.indexOf(last.before.keys().next().value));
    tell("taken back");
    save(last.sent.map((record) => ({ ...record, answer: "undo" })));
  }
  let queue = Promise.resolve();
  function save(records) {
    if (!api) return;
    queue = queue.then(() => fetch(api, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(records) }))
      .then((answer) => { if (!answer.ok) throw new Error(answer.statusText); })
      .catch(() => tell("NOT SAVED: is repair still running?"));
  }
  function download() {
    const last = new Map();
    for (const { sent } of history) for (const record of sent) last.set(`${record.id}\0${record.document}`, record);
    const at = new Date().toISOString().slice(0, 19) + "Z";
    const text = Array.from(last.values(), (record) => JSON.stringify({ ...record, author: "report", at }) + "\n").join("");
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" })), download: "decisions.jsonl" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    tell("decisions.jsonl written");
  }
  function ask(row) {
    const dialog = $("#own"), input = $("input", dialog);
    $("#own-before").textContent = record(row).before;
    input.value = answers.get(row.id)?.replacement ?? record(row).after;
    dialog.onclose = () => { if (dialog.returnValue === "ok") give("replace", input.value); else row.focus(); };
    dialog.returnValue = "";
    dialog.showModal();
    input.select();
  }
  function everything(answer) {
    const left = shown.filter((row) => !answers.has(row.id) && (answer !== "accept" || record(row).before !== record(row).after));
    if (!left.length) return void tell("nothing left here");
    const dialog = $("#many");
    $("#many-what").textContent = `${answer[0].toUpperCase()}${answer.slice(1)} the ${left.length.toLocaleString("en")} unanswered edits shown?`;
    dialog.onclose = () => { if (dialog.returnValue === "ok") settle(left.map((row) => ({ row, answer }))); };
    dialog.returnValue = "";
    dialog.showModal();
  }

  // ---- the reason, on hover and focus ---------------------------------------------------------
  function explain(mark) {
    tip?.remove();
    tip = null;
    const row = mark && byId.get(mark.dataset.e);
    if (!row) return;
    const box = mark.getBoundingClientRect();
    tip = make("div", { className: "tip" }, make("b", { textContent: `${row.dataset.rule}  ${$(".sure", row).textContent.trim()}` }), $(".why", row).firstChild?.textContent || "");
    body.append(tip);
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 12)) + scrollX}px`;
    tip.style.top = `${(box.top > tip.offsetHeight + 70 ? box.top - tip.offsetHeight - 6 : box.bottom + 6) + scrollY}px`;
  }
  document.addEventListener("mouseover", (event) => explain(event.target.closest?.(".mark")));
  document.addEventListener("focusin", (event) => explain(event.target.closest?.(".mark")));

  // ---- views ----------------------------------------------------------------------------------
  function sides() {
    const on = body.classList.toggle("two");
    $("#sides").setAttribute("aria-pressed", String(on));
    const turn = (passage) => {
      const text = $(".text", passage);
      if (on && !$(".sides", passage)) {
        const old = text.cloneNode(true), both = make("div", { className: "sides" });
        old.classList.add("old");
        for (const mark of all(".mark", old)) mark.removeAttribute("tabindex");
        text.before(both);
        text.classList.add("new");
        both.append(old, text);
      } else if (!on && $(".sides", passage)) {
        text.parentNode.replaceWith($(".new", passage));
        $(".text", passage).classList.remove("new");
      }
    };
    passages.forEach(turn);
  }
  function theme(to) {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const is = document.documentElement.dataset.theme || (dark ? "dark" : "light");
    document.documentElement.dataset.theme = to || (is === "dark" ? "light" : "dark");
    keep("repair-theme", document.documentElement.dataset.theme);
  }
  if (keep("repair-theme")) theme(keep("repair-theme"));

  // ---- keys -----------------------------------------------------------------------------------
  const KEYS = {
    j: () => go(now + 1), ArrowDown: () => go(now + 1), k: () => go(now - 1), ArrowUp: () => go(now - 1),
    "/": () => $("#find").focus(), "?": () => $("#help").showModal(), s: sides, t: () => theme(), u: undo, z: undo,
    Y: () => everything("accept"), N: () => everything("reject"), w: () => download(),
  };
  for (const [key, answer] of ANSWERS) KEYS[key] = () => give(answer);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
    if (event.key === "Escape") { event.target.blur?.(); explain(null); return; }
    if (event.target.matches?.("input")) { if (event.key === "Enter") { event.target.blur(); go(0); } return; }
    if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
  });
  $("#sides").addEventListener("click", sides);
  $("#theme").addEventListener("click", () => theme());
  $("#helped").addEventListener("click", () => $("#help").showModal());
  $("#save").addEventListener("click", download);
  $("#accept").addEventListener("click", () => everything("accept"));
  $("#reject").addEventListener("click", () => everything("reject"));

  // answers given before
  for (const row of rows) {
    if (row.dataset.answer) {
      answers.set(row.id, { answer: row.dataset.answer, replacement: row.dataset.replacement });
      show(row);
    }
  }
  filter();
  if (reviewing) go(shown.findIndex((row) => !answers.has(row.id)));
  body.dataset.ready = "1";
})();
