"use client";

import { Anchor } from "@mantine/core";
import Link from "next/link";
import styles from "./demo-banner.module.css";
import type { Viewer } from "./viewer";

export function DemoBanner({ viewer }: { readonly viewer: Viewer | null }) {
  return (
    <div className={styles.banner}>
      <b>Demo</b>
      <span className={styles.text}>
        Invented customers, and accounts that anyone may sign in with. Do not load real data.
      </span>
      {viewer && (
        <Anchor component={Link} href="/sign-in" className={styles.link}>
          Be someone else
        </Anchor>
      )}
    </div>
  );
}
