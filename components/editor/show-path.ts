import { placeOfPath } from "@/lib/rules/place-of-path";

const flashMs = 1_400;

/** Brings the row or field that a finding speaks of into view, and the focus into it. */
export function showPlace(path: string): void {
  const place = placeOfPath(path);
  const selector = place && place.length > 0 ? `[data-path="${JSON.stringify(place)}"]` : null;
  const row = document.querySelector<HTMLElement>(selector ?? "[data-rule-builder]");
  if (row) focusIn(row, path.includes(".value") ? "last" : "first");
}

export function showField(field: string): void {
  const row = document.querySelector<HTMLElement>(`[data-field="${field}"]`);
  if (row) focusIn(row.querySelector<HTMLElement>("[role=group]") ?? row, "first");
}

function focusIn(row: HTMLElement, which: "first" | "last"): void {
  row.scrollIntoView({ block: "center", behavior: "smooth" });
  const controls = [...row.querySelectorAll<HTMLElement>("input:not([type=hidden]), textarea")].filter(
    (each) => !each.hidden,
  );
  controls.at(which === "first" ? 0 : -1)?.focus({ preventScroll: true });
  row.dataset.flash = "true";
  setTimeout(() => delete row.dataset.flash, flashMs);
}
