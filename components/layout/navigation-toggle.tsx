"use client";

import { Burger } from "@mantine/core";
import { createContext, useContext } from "react";

export const NavigationToggleContext = createContext<{ opened: boolean; toggle: () => void }>({
  opened: false,
  toggle: () => undefined,
});

/** Opens the navigation where the window is too narrow for both. */
export function NavigationToggle() {
  const { opened, toggle } = useContext(NavigationToggleContext);
  return (
    <Burger
      hiddenFrom="md"
      size={16}
      lineSize={1.5}
      opened={opened}
      onClick={toggle}
      aria-label={opened ? "Close the navigation" : "Open the navigation"}
    />
  );
}
