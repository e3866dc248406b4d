"use client";

import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { cssVariablesResolver } from "./css-variables";
import { theme } from "./theme";

/** Theme, dialogs and notices. */
export function UiProvider({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <ModalsProvider>
        <Notifications position="bottom-right" autoClose={6_000} />
        {children}
      </ModalsProvider>
    </MantineProvider>
  );
}
