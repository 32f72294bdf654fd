"use strict";

// Keys, 常用语 and drafts on the office's pages. Everything works without this file
// but the keys; nothing is decided here.

(() => {
  const typing = (event) =>
    event.isComposing ||
    event.ctrlKey || event.altKey || event.metaKey ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);

  // Single letters may be switched off (WCAG 2.1.4); a browser may keep nothing.
  const OFF = "gongkai-keys-off";
  const remembered = () => {
    try { return window.localStorage.getItem(OFF) === "yes"; } catch { return false; }
  };
  let off = remembered();
  const help = document.getElementById("key-help");
  const asked = document.getElementById("keys-off");
  if (help) {
    asked.checked = off;
    asked.addEventListener("change", () => {
      off = asked.checked;
      try { window.localStorage.setItem(OFF, off ? "yes" : "no"); } catch { /* for now only */ }
    });
    for (const opener of document.querySelectorAll("[data-keys]")) {
      opener.hidden = false;
      opener.addEventListener("click", () => help.showModal());
    }
  }

  const rows = [...document.querySelectorAll(".gk-row[data-href]")];
  let cursor = -1;
  const move = (step) => {
    if (!rows.length) return;
    if (rows[cursor]) rows[cursor].classList.remove("gk-cursor");
    cursor = Math.min(Math.max(cursor + step, 0), rows.length - 1);
    rows[cursor].classList.add("gk-cursor");
    rows[cursor].querySelector("a").focus({ preventScroll: false });
  };
  const follow = (id) => {
    const link = document.getElementById(id);
    if (link) link.click();
  };

  let goes = false;
  document.addEventListener("keydown", (event) => {
    const form = document.getElementById("task-form");
    if (event.ctrlKey && event.key === "Enter" && form && !event.isComposing) {
      form.querySelector(".btn-primary").click();
      return;
    }
    if (typing(event) || off || (help && help.open)) return;
    if (goes) {
      goes = false;
      const target = {
        i: "/office/inbox", c: "/office/unclaimed", d: "/office/done", r: "/office/requests",
      }[event.key];
      // Only where somebody may go.
      if (target && document.querySelector(`.gk-side a[href="${target}"]`)) window.location.assign(target);
      return;
    }
    switch (event.key) {
      case "?": if (help) help.showModal(); break;
      case "/": document.getElementById("find").focus(); event.preventDefault(); break;
      case "g": goes = true; break;
      case "j": if (rows.length) move(1); else follow("next-task"); break;
      case "k": if (rows.length) move(-1); else follow("previous-task"); break;
      case "o": if (rows[cursor]) window.location.assign(rows[cursor].dataset.href); break;
      case "t": follow("hand-over"); break;
      case "u": window.location.assign("/office/inbox"); break;
      case "a": if (form) { const box = form.querySelector("textarea"); if (box) { box.focus(); event.preventDefault(); } } break;
      default:
    }
  });

  for (const button of document.querySelectorAll("[data-phrase]")) {
    button.addEventListener("click", () => {
      const box = document.getElementById(button.dataset.into);
      box.setRangeText(button.dataset.phrase, box.selectionStart, box.selectionEnd, "end");
      box.focus();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  const note = document.getElementById("draft-note");
  if (note) {
    const lost = () => { note.textContent = "草稿没有存上，先不要离开这一页"; };
    note.addEventListener("htmx:responseError", lost);
    note.addEventListener("htmx:sendError", lost);
  }

  const summary = document.getElementById("error-summary");
  if (summary) summary.focus();
})();
