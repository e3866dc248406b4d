import {
  IconClipboardList,
  IconGitPullRequest,
  IconHome,
  IconInbox,
  IconListDetails,
  IconPlugConnected,
  IconRocket,
  IconSettings,
  IconUserSearch,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { Permission } from "@/lib/access/permissions";

export type NavigationItem = {
  readonly href: string;
  readonly label: string;
  readonly icon: typeof IconHome;
  /** Pressed after g. */
  readonly key: string;
  readonly words: string;
  /** Left out for who lacks it. */
  readonly permission?: Permission;
  readonly count?: "reviews" | "changes";
};

/** The pages of the console, in groups. Navigation, command palette, crumbs and shortcuts read this table. */
export const navigation: readonly (readonly NavigationItem[])[] = [
  [
    { href: "/", label: "Home", icon: IconHome, key: "h", words: "waiting for you, feed, drafts" },
    { href: "/inbox", label: "Inbox", icon: IconInbox, key: "i", words: "notices, unread, mail" },
  ],
  [
    { href: "/segments", label: "Segments", icon: IconUsersGroup, key: "s", words: "catalogue, drafts, live" },
    {
      href: "/reviews",
      label: "Reviews",
      icon: IconGitPullRequest,
      key: "r",
      words: "approve, verdict, queue",
      count: "reviews",
    },
    {
      href: "/releases",
      label: "Releases",
      icon: IconRocket,
      key: "p",
      words: "schedules, rollouts in steps, promote from staging to production",
    },
    {
      href: "/lists",
      label: "Lists",
      icon: IconClipboardList,
      key: "l",
      words: "customers by id, upload, press, partners",
    },
  ],
  [
    {
      href: "/customers",
      label: "Customers",
      icon: IconUserSearch,
      key: "c",
      words: "find a customer, why, near misses",
      permission: "customer.read",
    },
  ],
  [{ href: "/consumers", label: "Consumers", icon: IconPlugConnected, key: "f", words: "feed, keys, lag" }],
  [
    {
      href: "/audit",
      label: "Audit",
      icon: IconListDetails,
      key: "a",
      words: "record, who did what, chain",
      permission: "audit.read",
    },
    {
      href: "/settings",
      label: "Settings",
      icon: IconSettings,
      key: "t",
      words: "attributes, events, purposes, regions, people, policies, changes",
      count: "changes",
    },
  ],
];

export const navigationItems: readonly NavigationItem[] = navigation.flat();

export function isCurrent(item: NavigationItem, pathname: string): boolean {
  return item.href === "/" ? pathname === "/" : pathname === item.href || pathname.startsWith(`${item.href}/`);
}
