import Link from "next/link";
import type { ReactNode } from "react";
import { ColorSchemeMenu } from "./color-scheme-menu";
import { InboxBell } from "./inbox-bell";
import { NavigationToggle } from "./navigation-toggle";
import { ProductionStatus } from "./production-status";
import styles from "./top-bar.module.css";

export type Crumb = { readonly label: string; readonly href?: string };

type TopBarProps = {
  /** From the outermost; the last is where one is. */
  readonly crumbs: readonly Crumb[];
  /** In place of production's revision: what is current for this screen. */
  readonly status?: ReactNode;
};

/** First on every page of the console. */
export function TopBar({ crumbs, status = <ProductionStatus /> }: TopBarProps) {
  return (
    <div className={styles.bar}>
      <NavigationToggle />
      <nav aria-label="Where you are" className={styles.where}>
        <ol className={styles.crumbs}>
          {crumbs.map((crumb, index) => (
            <li key={`${crumb.href ?? ""} ${crumb.label}`} className={styles.crumb}>
              {crumb.href && index < crumbs.length - 1 ? (
                <Link href={crumb.href}>{crumb.label}</Link>
              ) : (
                <span aria-current={index === crumbs.length - 1 ? "page" : undefined}>{crumb.label}</span>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <div className={styles.status}>
        {status}
        <InboxBell />
        <ColorSchemeMenu />
      </div>
    </div>
  );
}
