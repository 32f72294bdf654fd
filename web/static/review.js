"use strict";

// The review desk: tabs, one text at a time, N and P, 1 2 3, and marks made by hand.
// Without this file all texts stand one below the other and every answer can be given;
// only marks need it. Nothing is decided here.

(() => {
  const desk = document.querySelector("[data-desk]");
  const form = document.getElementById("task-form");
  if (!desk) return;
  document.documentElement.classList.add("gk-js");

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const shown = (element) => element && element.offsetParent !== null;
  const changed = () => form && form.dispatchEvent(new Event("input", { bubbles: true }));

  // One paper, and one text of it, at a time.

  const papers = all("[data-paper]", desk);
  const tabs = all("[data-tab]", desk);

  const show = (key) => {
    for (const paper of papers) paper.hidden = paper.dataset.paper !== key;
    for (const tab of tabs) {
      const mine = tab.dataset.tab === key;
      tab.setAttribute("aria-selected", String(mine));
      tab.tabIndex = mine ? 0 : -1;
    }
  };

  if (papers.length > 1) {
    for (const tab of tabs) {
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", `paper-${tab.dataset.tab}`);
      tab.addEventListener("click", (event) => { event.preventDefault(); show(tab.dataset.tab); });
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
        show(next.dataset.tab);
        next.focus();
      });
    }
    for (const paper of papers) {
      paper.setAttribute("role", "tabpanel");
      paper.setAttribute("aria-labelledby", `tab-${paper.dataset.paper}`);
    }
    show(papers[0].dataset.paper);
  }

  const view = (paper, name) => {
    if (!paper.querySelector("[data-view-button]")) return;
    for (const text of all("[data-view]", paper)) text.hidden = text.dataset.view !== name;
    for (const button of all("[data-view-button]", paper)) {
      button.setAttribute("aria-pressed", String(button.dataset.viewButton === name));
    }
  };
  for (const paper of papers) {
    const pressed = paper.querySelector('[data-view-button][aria-pressed="true"]');
    if (pressed) view(paper, pressed.dataset.viewButton);
    for (const button of all("[data-view-button]", paper)) {
      button.addEventListener("click", () => view(paper, button.dataset.viewButton));
    }
  }

  // A finding's card and its place in the text belong together.

  const cards = all("[data-finding]");
  const spotsOf = (id) => all(`[data-spot~="${id}"]`, desk);
  const paperOf = (id) => {
    const spot = spotsOf(id)[0];
    return spot ? spot.closest("[data-paper]") : null;
  };
  let active = "";

  // Where the desk scrolls by itself the page stays where it is: what one is about to
  // click must not move away.
  const bring = (spot, { page }) => {
    if (getComputedStyle(desk).overflowY === "auto") {
      const [at, frame] = [spot.getBoundingClientRect(), desk.getBoundingClientRect()];
      if (at.top < frame.top + 60 || at.bottom > frame.bottom - 20) {
        desk.scrollTop += at.top - frame.top - desk.clientHeight / 2;
      }
    } else if (page) {
      spot.scrollIntoView({ block: "center" });
    }
  };

  const activate = (id, { card = true, page = true } = {}) => {
    active = id;
    for (const each of all(".gk-active")) each.classList.remove("gk-active");
    const paper = paperOf(id);
    if (paper && paper.hidden) show(paper.dataset.paper);
    if (paper && !spotsOf(id).some(shown)) view(paper, "original");
    for (const spot of spotsOf(id)) spot.classList.add("gk-active");
    const own = document.getElementById(`card-${id}`);
    if (own) {
      own.classList.add("gk-active");
      if (card) { own.focus({ preventScroll: true }); own.scrollIntoView({ block: "nearest" }); }
    }
    const spot = spotsOf(id).find(shown);
    if (spot) bring(spot, { page: page && !card });
  };

  desk.addEventListener("click", (event) => {
    const spot = event.target.closest("[data-spot]");
    if (!spot) return;
    event.preventDefault();
    if (!String(window.getSelection())) activate(spot.dataset.spot.split(" ")[0]);
  });
  for (const card of cards) {
    const id = card.dataset.finding;
    card.addEventListener("focusin", () => { if (active !== id) activate(id, { card: false, page: false }); });
    const place = card.querySelector(".gk-finding-place[href]");
    if (place) {
      place.addEventListener("click", (event) => {
        event.preventDefault();
        activate(id, { card: false });
        const spot = spotsOf(id).find(shown);
        if (spot) spot.focus({ preventScroll: true });
      });
    }
  }

  // What is answered, and what is not yet.

  const items = all("[data-item]");
  const answered = (group) => group.querySelector('input[type="radio"]:checked') !== null;
  const asked = cards.filter((card) => card.querySelector('input[type="radio"]'));

  const count = () => {
    for (const card of asked) card.classList.toggle("gk-finding-done", answered(card));
    for (const [name, groups] of [["findings", asked], ["items", items]]) {
      const place = document.querySelector(`[data-progress="${name}"]`);
      const done = groups.filter(answered).length;
      const words = groups.length ? `已填 ${done} 项，共 ${groups.length} 项` : "";
      if (place && place.textContent !== words) place.textContent = words;
    }
  };
  if (form) {
    form.addEventListener("change", count);
    count();
    form.addEventListener("submit", (event) => {
      const outcome = event.submitter ? event.submitter.value : "";
      if (!["submitted", "passed"].includes(outcome)) return;
      const open = [...asked, ...items].filter((group) => !answered(group));
      if (!open.length) return;
      event.preventDefault();
      say(event.submitter, `没有提交：还有 ${open.length} 项没答，已转到第一项`);
      const first = open[0];
      if (first.dataset.finding) activate(first.dataset.finding, { card: false, page: false });
      first.scrollIntoView({ block: "center" });
      first.querySelector('input[type="radio"]').focus({ preventScroll: true });
    });
  }
  const say = (button, words) => {
    let place = document.getElementById("missing-note");
    if (!place) {
      place = document.createElement("p");
      place.id = "missing-note";
      place.className = "gk-error";
      place.setAttribute("role", "alert");
      button.closest(".gk-actions").before(place);
    }
    place.textContent = words;
  };

  // Keys: off while somebody writes.

  const writing = (event) =>
    event.isComposing || event.ctrlKey || event.altKey || event.metaKey ||
    event.target.matches('textarea, select, input:not([type="radio"])');

  const answer = (group, key, target) => {
    const radio = all('input[type="radio"]', group)[Number(key) - 1];
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    const words = all("textarea", group).find(shown);
    const list = items.includes(group) ? items : asked;
    const next = list[list.indexOf(group) + 1];
    if (words) words.focus();
    else if (next) next.querySelector('input[type="radio"]').focus();
    else if (target) radio.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (writing(event)) return;
    const step = { n: 1, p: -1 }[event.key];
    if (step && cards.length) {
      const at = cards.findIndex((card) => card.dataset.finding === active);
      const next = cards[(at + step + cards.length) % cards.length] || cards[0];
      activate(next.dataset.finding);
      event.preventDefault();
    } else if (["1", "2", "3"].includes(event.key)) {
      const group = event.target.closest("[data-item], [data-finding]");
      if (group) { answer(group, event.key, event.target); event.preventDefault(); }
    } else if (event.key === "Escape") {
      for (const each of all(".gk-active")) each.classList.remove("gk-active");
      active = "";
    }
  });

  // Marks: stretches of the original that are taken out by hand.

  const marks = document.querySelector("[data-marks]");
  if (!marks || !form) return;
  const list = marks.querySelector("[data-mark-list]");
  const text = marks.querySelector("[data-mark-text]");
  const reason = marks.querySelector("[data-mark-reason]");
  const status = marks.querySelector("[data-mark-status]");
  const name = marks.dataset.marks;
  marks.querySelector("[data-mark-tool]").hidden = false;
  let selected = null;
  let last = null;

  const originals = () => all('[data-view="original"] [data-address]', desk);
  const lineOf = (node) => {
    const element = node && (node.nodeType === 1 ? node : node.parentElement);
    return element && element.closest('[data-view="original"] [data-address]');
  };
  const offset = (line, node, at) => {
    const range = document.createRange();
    range.selectNodeContents(line);
    range.setEnd(node, at);
    return range.toString().length;
  };

  document.addEventListener("selectionchange", () => {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const line = lineOf(range.startContainer);
    if (!line || lineOf(range.endContainer) !== line) return;
    const start = offset(line, range.startContainer, range.startOffset);
    const end = offset(line, range.endContainer, range.endOffset);
    // Browsers tell of a selection again when something else gets the focus.
    if (last && last.line === line && last.start === start && last.end === end) return;
    last = { line, start, end };
    selected = last;
    text.value = line.textContent.slice(start, end);
    status.textContent = "";
  });
  text.addEventListener("input", (event) => { event.stopPropagation(); selected = null; });
  reason.addEventListener("change", (event) => event.stopPropagation());

  const placesOf = (words) => {
    const found = [];
    for (const line of originals()) {
      for (let at = line.textContent.indexOf(words); at >= 0; at = line.textContent.indexOf(words, at + words.length)) {
        found.push({ line, start: at, end: at + words.length });
      }
    }
    return found;
  };
  const valueOf = (place, why) => {
    const paper = place.line.closest("[data-paper]").dataset.paper;
    return `${paper}|${place.start}|${place.end}|${why}|${place.line.dataset.address}`;
  };
  const taken = (place) => all("input", list).some((input) => {
    const [paper, start, end, , ...address] = input.value.split("|");
    return paper === place.line.closest("[data-paper]").dataset.paper &&
      address.join("|") === place.line.dataset.address &&
      Number(start) < place.end && place.start < Number(end);
  });

  const reasonName = (code) => {
    const option = [...reason.options].find((each) => each.value === code);
    return option ? option.textContent : "";
  };
  const describe = (row) => {
    const [paper, start, end, why, ...address] = row.querySelector("input").value.split("|");
    const place = papers.find((each) => each.dataset.paper === paper);
    const line = place && all('[data-view="original"] [data-address]', place)
      .find((each) => each.dataset.address === address.join("|"));
    const words = line ? line.textContent.slice(Number(start), Number(end)) : "";
    row.querySelector("[data-mark-words]").textContent = `${words}　${reasonName(why)}`;
    return line ? rangeOf(line, Number(start), Number(end)) : null;
  };
  const rangeOf = (line, start, end) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let at = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const next = at + node.length;
      if (start >= at && start < next) range.setStart(node, start - at);
      if (end > at && end <= next) { range.setEnd(node, end - at); return range; }
      at = next;
    }
    return null;
  };
  // Painted over the text, which stays as it is.
  const paint = () => {
    const ranges = all("li", list).map(describe).filter(Boolean);
    if (window.CSS && CSS.highlights) CSS.highlights.set("gk-marks", new Highlight(...ranges));
  };
  const add = (place, why) => {
    let key = 1;
    while (form.querySelector(`[name="${name}.${key}"]`)) key += 1;
    const row = document.createElement("li");
    row.dataset.mark = String(key);
    row.id = `field-${name}.${key}`;
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = `${name}.${key}`;
    input.value = valueOf(place, why);
    const words = document.createElement("span");
    words.dataset.markWords = "";
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "btn btn-sm";
    undo.dataset.unmark = "";
    undo.textContent = "取消遮盖";
    row.append(input, words, undo);
    list.append(row);
  };

  marks.querySelector("[data-mark-add]").addEventListener("click", () => {
    const words = text.value;
    if (!words.trim()) { status.textContent = "先在左边原件上选中文字，或者在这里写出要遮盖的文字"; text.focus(); return; }
    if (!reason.value) { status.textContent = "选一个遮盖的理由"; reason.focus(); return; }
    const others = placesOf(words).filter((place) => !taken(place));
    const places = selected ? [selected] : others;
    const fresh = places.filter((place) => !taken(place));
    if (!fresh.length) { status.textContent = "原件里没有这段文字，或者已经标过"; return; }
    for (const place of fresh) add(place, reason.value);
    paint();
    const left = placesOf(words).filter((place) => !taken(place)).length;
    status.textContent = `标了 ${fresh.length} 处` + (left ? `，同样的文字还有 ${left} 处没有遮盖，再点一次都标上` : "");
    selected = null;
    if (!left) text.value = "";
    changed();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-unmark]");
    if (!button) return;
    button.closest("li").remove();
    paint();
    changed();
  });
  paint();
})();
