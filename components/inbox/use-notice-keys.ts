import { useHotkeys } from "@mantine/hooks";
import type { RefObject } from "react";

/** j and k move between the notices in a list, and e marks the one that has the focus; Enter opens it, as with every link. */
export function useNoticeKeys(list: RefObject<HTMLElement | null>, markRead: (id: string) => void): void {
  const links = () => [...(list.current?.querySelectorAll<HTMLElement>("[data-notice]") ?? [])];
  function step(by: 1 | -1): void {
    const all = links();
    const at = all.findIndex((link) => link.matches(":focus"));
    all[at < 0 ? 0 : at + by]?.focus();
  }
  function mark(): void {
    const id = links().find((link) => link.matches(":focus"))?.dataset.notice;
    if (id === undefined) return;
    step(1);
    markRead(id);
  }
  useHotkeys([
    ["j", () => step(1)],
    ["k", () => step(-1)],
    ["e", mark],
  ]);
}
