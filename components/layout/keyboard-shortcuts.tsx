"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { can } from "@/lib/access/permissions";
import { navigationItems } from "./navigation";
import { openShortcutHelp } from "./shortcut-help";
import { useViewer } from "./viewer";

const sequenceMs = 1_200;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable], [role=dialog]") !== null
  );
}

/** g then a letter goes to a page; ? lists the shortcuts. */
export function KeyboardShortcuts() {
  const router = useRouter();
  const viewer = useViewer();
  useEffect(() => {
    let leaderAt = 0;
    function onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (event.key === "?") openShortcutHelp();
      const follows = event.timeStamp - leaderAt < sequenceMs;
      leaderAt = event.key === "g" ? event.timeStamp : 0;
      if (!follows) return;
      const item = navigationItems.find(({ key }) => key === event.key);
      if (!item || (item.permission && !can(viewer, item.permission))) return;
      event.preventDefault();
      router.push(item.href);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [router, viewer]);
  return null;
}
