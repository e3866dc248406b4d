"use client";

import { Kbd } from "@mantine/core";
import { useSyncExternalStore } from "react";

function isApple(): boolean {
  return /mac|iphone|ipad/i.test(navigator.userAgent);
}

/** Ctrl or ⌘, whichever this keyboard has. */
export function ModKey({ letter }: { readonly letter: string }) {
  const apple = useSyncExternalStore(
    () => () => undefined,
    isApple,
    () => false,
  );
  return <Kbd>{apple ? `⌘ ${letter}` : `Ctrl ${letter}`}</Kbd>;
}
