"use strict";

// Long forms show what is asked for now. Without this file everything is shown, and
// what is not asked for does not count all the same.

(() => {
  const form = document.getElementById("task-form");
  if (!form) return;
  const gate = form.querySelector("[data-goes-on]");
  const gated = gate && gate.closest(".gk-field");
  const dependent = [...form.querySelectorAll("[data-with]")];
  const parts = [...form.querySelectorAll(".gk-part")];

  const answer = (name) => {
    const chosen = form.querySelector(`[name="${name}"]:checked, select[name="${name}"]`);
    return chosen ? chosen.value : "";
  };
  const isAsked = (field) => {
    if (field.classList.contains("gk-bad")) return true;
    const other = document.getElementById(`field-${field.dataset.with}`);
    const wanted = field.dataset.answers.split(" ");
    return wanted.includes(answer(field.dataset.with)) && !(other && other.hidden);
  };
  const passed = () => {
    const chosen = form.querySelector("[data-goes-on]:checked");
    if (chosen) return chosen.dataset.goesOn === "yes";
    return !gated || form.querySelector(".gk-bad") !== null;
  };

  // Where a field comes and goes with its answer, nothing needs to say so.
  for (const words of form.querySelectorAll("[data-when]")) words.hidden = true;

  const show = () => {
    for (const field of dependent) field.hidden = !isAsked(field);
    const open = passed();
    for (const part of parts) {
      const own = gated && part.contains(gated);
      const empty = [...part.querySelectorAll(".gk-field")].every((each) => each.hidden);
      part.hidden = own ? false : !open || empty;
    }
    for (const rest of form.querySelectorAll(".gk-after, .gk-actions, .gk-other")) {
      rest.hidden = !open;
    }
  };

  form.addEventListener("change", show);
  show();
})();

// A submission goes out once. A long file takes a while to be read or made anew; what
// is pressed meanwhile changes nothing.

(() => {
  const form = document.getElementById("task-form");
  const note = document.getElementById("sending-note");
  if (!form || !note) return;
  const buttons = [...form.querySelectorAll('button[type="submit"]')];

  const sending = (on) => {
    form.toggleAttribute("data-sent", on);
    if (on) form.setAttribute("aria-busy", "true"); else form.removeAttribute("aria-busy");
    for (const button of buttons) {
      button.classList.toggle("disabled", on);
      if (on) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  };
  // After the form's own listeners: one of them may have stopped it.
  document.addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    sending(true);
    const place = event.submitter && event.submitter.closest(".gk-actions");
    if (place) place.after(note);
    note.textContent = note.dataset.words;
  });
  // Who comes back to the page may submit again.
  window.addEventListener("pageshow", () => {
    sending(false);
    note.textContent = "";
  });
})();
