"use client";

import { NavLink, UnstyledButton } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconSearch, IconX } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { can } from "@/lib/access/permissions";
import { Logo } from "./logo";
import { ModKey } from "./mod-key";
import { isCurrent, navigation } from "./navigation";
import { NavigationCount } from "./navigation-count";
import { PersonMenu } from "./person-menu";
import styles from "./side-navigation.module.css";
import { useViewer } from "./viewer";

type SideNavigationProps = { readonly opened: boolean; readonly onLeave: () => void };

export function SideNavigation({ opened, onLeave }: SideNavigationProps) {
  const pathname = usePathname();
  const viewer = useViewer();
  const groups = navigation
    .map((group) => group.filter((item) => !item.permission || can(viewer, item.permission)))
    .filter((group) => group.length > 0);
  return (
    <div className={styles.column}>
      <div className={styles.top}>
        <Link href="/" className={styles.home} onClick={onLeave}>
          <Logo />
        </Link>
        {opened && (
          <UnstyledButton onClick={onLeave} aria-label="Close the navigation" hiddenFrom="md">
            <IconX size={18} stroke={1.6} />
          </UnstyledButton>
        )}
      </div>
      <UnstyledButton className={styles.search} onClick={() => spotlight.open()}>
        <IconSearch size={15} stroke={1.6} aria-hidden />
        Search
        <ModKey letter="K" />
      </UnstyledButton>
      <div className={styles.groups}>
        {groups.map((group) => (
          <div key={group[0]?.href} className={styles.group}>
            {group.map((item) => (
              <NavLink
                key={item.href}
                component={Link}
                href={item.href}
                label={item.label}
                active={isCurrent(item, pathname)}
                aria-current={isCurrent(item, pathname) ? "page" : undefined}
                leftSection={<item.icon size={16} stroke={1.6} />}
                rightSection={item.count && <NavigationCount count={item.count} />}
                onClick={onLeave}
              />
            ))}
          </div>
        ))}
      </div>
      <PersonMenu viewer={viewer} />
    </div>
  );
}
