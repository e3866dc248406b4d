"use client";

import { Menu, UnstyledButton } from "@mantine/core";
import { IconKeyboard, IconLogout } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { signOut } from "next-auth/react";
import { Initials } from "@/components/ui/initials";
import { ownSessionQuery } from "@/lib/access/queries";
import { openShortcutHelp } from "./shortcut-help";
import styles from "./side-navigation.module.css";
import type { Viewer } from "./viewer";

/** Who came through the identity provider ends the session there too, where it offers that. */
const providerSignOut = "/api/auth/provider-sign-out";

export function PersonMenu({ viewer }: { readonly viewer: Viewer }) {
  const { data: session } = useQuery(ownSessionQuery());
  const roles = viewer.roles.join(", ") || "no role";
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <UnstyledButton className={styles.person}>
          <Initials name={viewer.name} />
          <span className={styles.personText}>
            <span className={styles.personName}>{viewer.name}</span>
            <span className={styles.personTeam}>{roles}</span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.menuHead}>
          {viewer.email}
          <span>{roles}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.6} />} onClick={openShortcutHelp}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.6} />}
          onClick={() => void signOut({ callbackUrl: session?.by === "single sign-on" ? providerSignOut : "/sign-in" })}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
