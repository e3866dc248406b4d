import type { KeyboardEvent } from "react";
import { getPathOfID, isRuleGroup, move, type RuleGroupType } from "react-querybuilder";
import { bounds } from "@/lib/rules/definition";
import { heightOf } from "./builder-query";
import { moveWords } from "./place";

type Moved = { readonly query: RuleGroupType; readonly words: string };

/** Alt+Up and Alt+Down take the row or group in focus over its neighbour, into groups and out of them. */
export function moveByKey(event: KeyboardEvent, query: RuleGroupType, onMoved: (moved: Moved) => void): void {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return;
  const row = target.closest<HTMLElement>("[data-path]");
  const path = pathOf(row?.dataset.path);
  if (!row || !path || path.length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const label = target.getAttribute("aria-label")?.split(" of ")[0];
  const id = row.dataset.ruleId ?? row.dataset.ruleGroupId;
  const next = move(query, path, event.key === "ArrowUp" ? "up" : "down");
  const place = id === undefined ? null : getPathOfID(id, next);
  if (next === query || !place || !isRuleGroup(next) || heightOf(next) > bounds.depth) return;
  onMoved({ query: next, words: moveWords(row.dataset.ruleId === undefined ? "group" : "rule", path, place) });
  requestAnimationFrame(() => focusAgain(id, label));
}

function pathOf(text: string | undefined): number[] | undefined {
  const path: unknown = text === undefined ? undefined : JSON.parse(text);
  return Array.isArray(path) && path.every((step) => typeof step === "number") ? path : undefined;
}

function focusAgain(id: string | undefined, label: string | undefined): void {
  if (!id) return;
  const row = document.querySelector(`[data-rule-id="${CSS.escape(id)}"], [data-rule-group-id="${CSS.escape(id)}"]`);
  const inputs = [...(row?.querySelectorAll<HTMLElement>("input:not([type=hidden])") ?? [])];
  const same = inputs.find((input) => label && input.getAttribute("aria-label")?.startsWith(label));
  (same ?? inputs[0])?.focus();
}
