"use strict";

// Draws the case's own version of its processes and marks where it stands.

(() => {
  const holder = document.getElementById("diagram");
  if (!holder || holder.offsetParent === null) return;
  // Words smaller than this share of what was drawn cannot be read.
  const SMALLEST = 0.72;
  const EDGE = 24;
  const choice = document.getElementById("diagram-choice");
  const sheet = document.createElement("div");
  holder.append(sheet);
  const viewer = new BpmnJS({ container: sheet });

  async function draw() {
    const { source, ...marks } = (choice ? choice.selectedOptions[0] : holder).dataset;
    const answer = await fetch(source);
    if (!answer.ok) {
      holder.textContent = "流程图没有取到，请刷新页面。";
      return;
    }
    await viewer.importXML(await answer.text());
    const now = mark(marks);
    // A window made narrow meanwhile shows the list of steps instead.
    if (holder.offsetParent !== null) fit(now);
  }

  // The sheet is as large as the drawing; a wide one is moved to where the case stands.
  function fit(now) {
    const canvas = viewer.get("canvas");
    const { x, y, width, height } = canvas.viewbox().inner;
    const room = holder.clientWidth;
    const scale = Math.min(1, Math.max(SMALLEST, (room - 2 * EDGE) / width));
    const wide = Math.max(room, width * scale + 2 * EDGE);
    const high = height * scale + 2 * EDGE;
    sheet.style.width = `${wide}px`;
    sheet.style.height = `${high}px`;
    canvas.resized();
    canvas.viewbox({
      x: x - EDGE / scale, y: y - EDGE / scale, width: wide / scale, height: high / scale,
    });
    if (now) holder.scrollLeft = (now.x + now.width / 2 - x) * scale + EDGE - room / 2;
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
    return registry.get(ids(marks.current)[0]);
  }

  if (choice) choice.addEventListener("change", draw);
  draw();
})();
