"use strict";

// Draws the case's own version of its processes and marks where it stands.

(() => {
  const holder = document.getElementById("diagram");
  if (!holder || holder.offsetParent === null) return;
  const choice = document.getElementById("diagram-choice");
  const viewer = new BpmnJS({ container: holder });

  async function draw() {
    const { source, ...marks } = (choice ? choice.selectedOptions[0] : holder).dataset;
    const answer = await fetch(source);
    if (!answer.ok) {
      holder.textContent = "流程图没有取到，请刷新页面。";
      return;
    }
    await viewer.importXML(await answer.text());
    mark(marks);
    // A window made narrow meanwhile shows the list of steps instead.
    if (holder.offsetParent !== null) viewer.get("canvas").zoom("fit-viewport", "auto");
  }

  function mark(marks) {
    const canvas = viewer.get("canvas");
    const registry = viewer.get("elementRegistry");
    // What is around other steps lets the lanes below it be seen.
    const around = new Set(registry.filter((each) => each.type === "bpmn:SubProcess").map((each) => each.id));
    for (const id of around) canvas.addMarker(id, "gk-around");
    const ids = (text) => text.split(" ").filter((id) => id && registry.get(id));
    for (const id of ids(marks.passed)) canvas.addMarker(id, "gk-passed");
    const taken = new Set(marks.taken.split(" "));
    for (const flow of registry.filter((element) => element.waypoints && element.source)) {
      if (taken.has(`${flow.source.id}>${flow.target.id}`)) canvas.addMarker(flow.id, "gk-passed");
    }
    const overlays = viewer.get("overlays");
    for (const id of ids(marks.current)) {
      canvas.addMarker(id, "gk-now");
      if (around.has(id)) continue;
      const label = document.createElement("span");
      label.className = "gk-now-label";
      label.textContent = "当前";
      overlays.add(id, { position: { top: -24, left: 36 }, html: label });
    }
  }

  if (choice) choice.addEventListener("change", draw);
  draw();
})();
