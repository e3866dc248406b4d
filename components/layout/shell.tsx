"use client";

import { AppShell, AppShellMain, AppShellNavbar } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { CommandPalette } from "./command-palette";
import { DemoBanner } from "./demo-banner";
import { KeyboardShortcuts } from "./keyboard-shortcuts";
import { NavigationToggleContext } from "./navigation-toggle";
import { SessionWatch } from "./session-watch";
import styles from "./shell.module.css";
import { SideNavigation } from "./side-navigation";
import { type Viewer, ViewerContext } from "./viewer";

type ShellProps = { readonly viewer: Viewer; readonly demo: boolean; readonly children: ReactNode };

const bannerHeight = 28;

/** The frame round every page of the console. */
export function Shell({ viewer, demo, children }: ShellProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <ViewerContext value={viewer}>
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      <AppShell
        header={{ height: demo ? bannerHeight : 0 }}
        navbar={{ width: { base: "100%", md: 200 }, breakpoint: "md", collapsed: { mobile: !opened } }}
        transitionDuration={0}
        classNames={{ main: styles.main, navbar: styles.navbar }}
      >
        {demo && (
          <section className={styles.banner} aria-label="Demo">
            <DemoBanner viewer={viewer} />
          </section>
        )}
        <AppShellNavbar aria-label="Console">
          <SideNavigation opened={opened} onLeave={close} />
        </AppShellNavbar>
        <AppShellMain id="content" tabIndex={-1}>
          <NavigationToggleContext value={{ opened, toggle }}>{children}</NavigationToggleContext>
        </AppShellMain>
      </AppShell>
      <CommandPalette />
      <KeyboardShortcuts />
      <SessionWatch />
    </ViewerContext>
  );
}
