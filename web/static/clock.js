"use strict";

// Works without any of this: it only hides what a kind of event does not need, and adds
// a row without asking the server.

(() => {
  const form = document.getElementById("limits");
  if (!form) return;
  const days = new Set(["clarification_sent", "extended"]);
  const labelled = /^(third_party|comaker|agency)_/;

  const show = (row, part, shown, words) => {
    const label = row.querySelector(`[data-${part}]`);
    label.hidden = !shown;
    if (!shown) label.querySelector("input").value = "";
    if (words) label.querySelector("span").textContent = words;
  };
  const fit = (row) => {
    const kind = row.querySelector("select").value;
    const delayed = kind === "delayed";
    show(row, "argument", days.has(kind) || delayed, delayed ? "延迟到哪一天" : "多少个工作日");
    row.querySelector("[data-argument] input").type = delayed ? "date" : "text";
    row.querySelector("[data-argument] input").placeholder = kind === "clarification_sent" ? "不写按10" : "";
    show(row, "label", labelled.test(kind));
  };

  const rows = document.getElementById("events");
  for (const row of rows.querySelectorAll("[data-event]")) fit(row);
  rows.addEventListener("change", (event) => {
    if (event.target.name === "kind") fit(event.target.closest("[data-event]"));
  });
  form.querySelector("[name=more]").addEventListener("click", (event) => {
    event.preventDefault();
    const row = rows.lastElementChild.cloneNode(true);
    const number = rows.childElementCount;
    row.classList.remove("gk-bad");
    row.querySelector(".gk-error")?.remove();
    row.querySelector("legend").textContent = `第${number + 1}件事`;
    for (const field of row.querySelectorAll("select, input")) field.value = "";
    const select = row.querySelector("select");
    select.id = `event-${number}`;
    select.removeAttribute("aria-invalid");
    select.removeAttribute("aria-describedby");
    rows.append(row);
    fit(row);
    select.focus();
  });

  const internet = () => {
    const chosen = form.querySelector("[name=channel]:checked")?.value;
    document.getElementById("field-auto_receipt").hidden = chosen !== "internet";
    document.getElementById("field-confirmed").hidden = !["internet", "plain_mail", "fax"].includes(chosen);
  };
  form.addEventListener("change", internet);
  internet();
})();
