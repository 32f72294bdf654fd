"use strict";

// The application in four short steps, a draft on this device, and what depends on an
// answer. Without this file everything stands on one page and works all the same.

(() => {
  // A receipt: what was sent in is no draft any more.
  const sent = document.querySelector("[data-sent]");
  if (sent) {
    try {
      window.localStorage.removeItem(`gongkai ${sent.dataset.sent}`);
    } catch {
      // This browser keeps nothing.
    }
  }
  const form = document.getElementById("application");
  if (!form) {
    const summary = document.getElementById("error-summary");
    if (summary) summary.focus();
    return;
  }
  const draftKey = `gongkai ${form.dataset.kept}`;
  const offKey = `${draftKey} off`;
  const parts = [...form.querySelectorAll("[data-part]")];
  const progress = document.createElement("div");
  let reached = 1;

  // What is asked only with some answers.
  const answer = (name) => {
    const field = form.querySelector(`[name="${name}"]:checked, select[name="${name}"]`);
    return field ? field.value : "";
  };
  const ask = () => {
    for (const field of form.querySelectorAll("[data-with]")) {
      const wanted = field.dataset.answers.split(" ");
      // What is to be changed is shown, whatever was chosen since.
      field.hidden = !wanted.includes(answer(field.dataset.with)) && !field.classList.contains("gk-bad");
    }
    const kind = answer("kind");
    const papers = form.querySelector("#identity_kind");
    const [persons, firms] = papers.querySelectorAll("optgroup");
    const person = kind === "natural_person";
    persons.disabled = kind !== "" && !person;
    firms.disabled = person;
    const chosen = papers.selectedOptions[0];
    if (kind && (!chosen.value || chosen.parentElement.disabled)) {
      papers.value = (person ? persons : firms).firstElementChild.value;
    }
  };

  // The draft: on this device only, without the numbers of papers, for some days.
  const note = document.getElementById("draft-note");
  const keep = document.getElementById("keep-draft");
  const state = document.getElementById("draft-state");
  const store = (() => {
    try {
      window.localStorage.getItem(draftKey);
      return window.localStorage;
    } catch {
      return null;
    }
  })();
  const kept = () => [...form.elements].filter((field) =>
    field.name && !/^(hidden|file|submit)$/.test(field.type) &&
    !("notKept" in field.dataset) && field.name !== "website");
  const save = () => {
    if (!store || !keep.checked) return;
    const values = {};
    for (const field of kept()) {
      if (/^(radio|checkbox)$/.test(field.type)) {
        if (field.checked) values[field.name] = field.value;
      } else if (field.value) {
        values[field.name] = field.value;
      }
    }
    try {
      store.setItem(draftKey, JSON.stringify({ at: Date.now(), values }));
      state.textContent = "草稿已存在这台设备上。";
    } catch {
      state.textContent = "草稿没有存上。";
    }
  };
  const forget = () => {
    if (store) store.removeItem(draftKey);
    state.textContent = "";
  };
  const restore = () => {
    let draft = null;
    try {
      draft = JSON.parse(store.getItem(draftKey));
    } catch {
      forget();
    }
    if (!draft) return;
    if (Date.now() - draft.at > Number(form.dataset.keepDays) * 86400000) {
      forget();
      return;
    }
    for (const field of kept()) {
      const value = draft.values[field.name];
      if (value === undefined) continue;
      if (/^(radio|checkbox)$/.test(field.type)) field.checked = field.value === value;
      else if (!field.value) field.value = value;
    }
    const day = new Date(draft.at);
    state.textContent = `接着${day.getMonth() + 1}月${day.getDate()}日存的草稿写。`;
  };
  if (store) {
    note.hidden = false;
    keep.checked = store.getItem(offKey) === null;
    // What came back from the office is newer than the draft.
    if (keep.checked && !document.getElementById("error-summary")) restore();
    keep.addEventListener("change", () => {
      if (keep.checked) {
        store.removeItem(offKey);
        save();
      } else {
        store.setItem(offKey, "1");
        forget();
      }
    });
    document.getElementById("clear-draft").addEventListener("click", () => {
      forget();
      for (const field of form.elements) {
        if (field === keep || field.type === "hidden") continue;
        if (/^(radio|checkbox)$/.test(field.type)) field.checked = false;
        else if (field.name) field.value = "";
      }
      ask();
      window.location.hash = "";
      show(1);
    });
  }

  // One step at a time; the browser's way back goes one step back.
  const show = (number, focus = true) => {
    for (const part of parts) part.hidden = Number(part.dataset.part) !== number;
    progress.replaceChildren(...parts.map((_, index) => {
      const bar = document.createElement("span");
      if (index < number) bar.className = "gk-progress-done";
      return bar;
    }));
    const words = document.createElement("p");
    words.textContent = `第 ${number} 步，共 ${parts.length} 步`;
    progress.append(words);
    document.getElementById("asking").classList.toggle("gk-under-way", number > 1);
    if (number === parts.length) tell();
    if (focus) {
      window.scrollTo(0, 0);
      (document.getElementById("error-summary") || parts[number - 1].querySelector("h2"))
        .focus({ preventScroll: true });
    }
  };
  const here = () => {
    const wanted = Number((/^#step-(\d)$/.exec(window.location.hash) || [])[1] || 1);
    return Math.min(wanted, reached);
  };
  const drop = () => {
    const old = document.getElementById("error-summary");
    if (old) old.remove();
  };

  // The office's own check of one step; nothing is kept by it, and no file is sent.
  const check = async (number) => {
    const data = new FormData(form);
    data.delete("files");
    data.set("check", String(number));
    const answered = await fetch(form.action, { method: "POST", body: data });
    if (answered.status === 204) return true;
    if (answered.status !== 422) return true;
    const page = new DOMParser().parseFromString(await answered.text(), "text/html");
    const part = parts[number - 1];
    const fresh = page.querySelector(`[data-part="${number}"]`);
    const files = part.querySelector("input[type=file]");
    part.replaceChildren(...fresh.childNodes);
    if (files) part.querySelector("input[type=file]").replaceWith(files);
    finish(part);
    form.before(page.getElementById("error-summary"));
    ask();
    document.getElementById("error-summary").focus();
    return false;
  };
  const go = async (number) => {
    drop();
    let right = true;
    try {
      right = await check(number);
    } catch {
      // Without a line to the office the last step tells.
    }
    if (!right) return;
    reached = Math.max(reached, number + 1);
    window.location.hash = `step-${number + 1}`;
  };

  // What the last step shows of the ones before, with the way back to each.
  const row = (name, value) => {
    const pair = document.createElement("div");
    const term = document.createElement("dt");
    const said = document.createElement("dd");
    term.append(name);
    said.append(value);
    pair.append(term, said);
    return pair;
  };
  const said = (field) => {
    const chosen = [...field.querySelectorAll("input:checked")];
    if (chosen.length) {
      return chosen[0].type === "checkbox" ? "是" : chosen[0].closest("label").querySelector("b").textContent;
    }
    const control = field.querySelector("textarea, select, input:not([type=radio], [type=checkbox], [type=search])");
    if (!control) return "";
    if (control.type === "file") return [...control.files].map((file) => file.name).join("、");
    if (control.tagName === "SELECT") return control.value && control.selectedOptions[0].textContent;
    return control.value;
  };
  const tell = () => {
    const list = document.getElementById("answers");
    list.replaceChildren();
    for (const part of parts.slice(0, -1)) {
      const change = document.createElement("a");
      change.href = `#step-${part.dataset.part}`;
      change.textContent = "修改";
      const head = row(part.querySelector("h2").textContent, change);
      head.className = "gk-answers-head";
      list.append(head);
      for (const field of part.querySelectorAll(".gk-field")) {
        const value = field.hidden ? "" : said(field);
        const title = field.querySelector("legend, .gk-label, .gk-option b").textContent;
        if (value) list.append(row(title.replace("（可以不填）", ""), value));
      }
    }
    list.hidden = false;
  };

  // Buttons that only make sense with steps.
  const finish = (part) => {
    const number = Number(part.dataset.part);
    let actions = part.querySelector(".gk-actions");
    if (!actions) {
      actions = document.createElement("p");
      actions.className = "gk-actions";
      part.append(actions);
      const next = document.createElement("button");
      next.type = "button";
      next.className = "btn btn-primary";
      next.textContent = "下一步";
      next.addEventListener("click", () => go(number));
      actions.append(next);
    }
    if (number > 1) {
      const back = document.createElement("button");
      back.type = "button";
      back.className = "btn";
      back.textContent = "上一步";
      back.addEventListener("click", () => {
        drop();
        window.location.hash = number > 2 ? `step-${number - 1}` : "";
      });
      actions.append(back);
    }
    const words = part.querySelector("#agency-words");
    if (words) filter(words);
  };

  // Many agencies: a few letters of the name find one while they are typed.
  const filter = (words) => {
    const options = [...form.querySelectorAll("[name=agency]")].map((input) => input.closest("label"));
    const groups = [...form.querySelectorAll(".gk-agencies")];
    const opened = groups.map((group) => group.open);
    const found = document.getElementById("agency-found");
    const search = document.getElementById("agency-search");
    form.querySelector("[form=agency-search][type=submit]").hidden = true;
    search.addEventListener("submit", (event) => event.preventDefault());
    words.addEventListener("input", () => {
      const typed = words.value.trim();
      for (const option of options) option.hidden = !option.textContent.includes(typed);
      groups.forEach((group, place) => {
        group.hidden = !group.querySelector("label:not([hidden])");
        group.open = typed ? true : opened[place];
      });
      const hits = options.filter((option) => !option.hidden).length;
      found.textContent = !typed ? "" : hits ? `找到 ${hits} 个` : `没有名称里有“${typed}”的机关，换个短一点的词`;
    });
  };

  progress.className = "gk-progress";
  form.prepend(progress);
  for (const part of parts) finish(part);
  ask();
  form.addEventListener("change", () => { ask(); save(); });
  form.addEventListener("input", save);
  form.addEventListener("keydown", (event) => {
    // Enter in a line goes on; it does not send the unfinished whole.
    if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
    if (event.target.form !== form) return;
    const part = event.target.closest("[data-part]");
    if (!part || Number(part.dataset.part) === parts.length) return;
    event.preventDefault();
    go(Number(part.dataset.part));
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => { delete form.dataset.sent; });
  window.addEventListener("hashchange", () => {
    if (/^#(step-\d)?$/.test(window.location.hash || "#")) show(here());
  });
  const wrong = form.querySelector(".gk-bad");
  if (wrong) {
    reached = parts.length;
    const number = Number(wrong.closest("[data-part]").dataset.part);
    window.history.replaceState(null, "", `#step-${number}`);
    show(number);
  } else {
    const summary = document.getElementById("error-summary");
    if (summary) reached = parts.length;
    window.history.replaceState(null, "", summary ? `#step-${parts.length}` : window.location.pathname);
    show(summary ? parts.length : 1, Boolean(summary));
  }
})();
