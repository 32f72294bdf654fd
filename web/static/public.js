"use strict";

// The public pages need nothing of this; a button to print stands there only with it.

(() => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
