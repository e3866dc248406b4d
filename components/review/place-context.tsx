"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconMessage, IconMessagePlus } from "@tabler/icons-react";
import { createContext, useContext } from "react";
import type { Anchor } from "@/lib/versions/comment-contract";
import styles from "./review.module.css";

type Places = {
  readonly open: ReadonlyMap<string, number>;
  readonly begin: (anchor: Anchor) => void;
};

/** Absent where nothing is talked about, as when two versions are compared. */
export const PlaceContext = createContext<Places | null>(null);

/** Begins a thread at a place of the document; says how many are open there. */
export function PlaceButton(anchor: Anchor) {
  const places = useContext(PlaceContext);
  if (!places) return null;
  const open = places.open.get(anchor.path) ?? 0;
  const label = open > 0 ? `Comment on “${anchor.text}”, ${open} open` : `Comment on “${anchor.text}”`;
  return (
    <Tooltip label={open > 0 ? `${open} open` : "Comment"} openDelay={400}>
      <ActionIcon
        className={styles.place}
        data-open={open > 0 || undefined}
        size={20}
        aria-label={label}
        onClick={() => places.begin(anchor)}
      >
        {open > 0 ? <IconMessage size={14} stroke={1.6} /> : <IconMessagePlus size={14} stroke={1.6} />}
      </ActionIcon>
    </Tooltip>
  );
}
