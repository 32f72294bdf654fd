"use strict";

// Draws the case's own version of the process and marks where it stands.

(async () => {
  const holder = document.getElementById("diagram");
  if (!holder || holder.offsetParent === null) return;
  const viewer = new BpmnJS({ container: holder });
  const answer = await fetch(holder.dataset.source);
  if (!answer.ok) {
    holder.textContent = "流程图没有取到，请刷新页面。";
    return;
  }
  await viewer.importXML(await answer.text());
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  const ids = (text) => text.split(" ").filter((id) => id && registry.get(id));
  const passed = new Set(ids(holder.dataset.passed));
  const current = new Set(ids(holder.dataset.current));
  for (const id of passed) canvas.addMarker(id, "gk-passed");
  const taken = new Set(holder.dataset.taken.split(" "));
  for (const flow of registry.filter((element) => element.waypoints && element.source)) {
    if (taken.has(`${flow.source.id}>${flow.target.id}`)) canvas.addMarker(flow.id, "gk-passed");
  }
  const overlays = viewer.get("overlays");
  for (const id of current) {
    canvas.addMarker(id, "gk-now");
    const label = document.createElement("span");
    label.className = "gk-now-label";
    label.textContent = "当前";
    overlays.add(id, { position: { top: -24, left: 36 }, html: label });
  }
  canvas.zoom("fit-viewport", "auto");
})();
