"use client";

import { UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { TextLink } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import { type GlyphState, StateGlyph } from "@/components/ui/state-glyph";
import type { MembershipReasonAnswer } from "@/lib/customers/contract";
import styles from "./customers.module.css";
import { ReasonTree } from "./reason-tree";

type ReasonEntryProps = {
  readonly segment: { readonly key: string; readonly name: string; readonly version: number };
  readonly glyph: GlyphState;
  readonly because: ReactNode;
  readonly end?: ReactNode;
  readonly reason: MembershipReasonAnswer;
  readonly open?: boolean;
};

/** A segment in one line; opens to the whole reason. */
export function ReasonEntry({ segment, glyph, because, end, reason, open = false }: ReasonEntryProps) {
  const [opened, setOpened] = useState(open);
  return (
    <div className={styles.entry}>
      <UnstyledButton className={styles.summary} aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <StateGlyph state={glyph} label="" />
        <span className={styles.what}>
          <b>{segment.name}</b>
          <Mono dim>v{segment.version}</Mono>
          <span className={styles.because}>{because}</span>
        </span>
        {end !== undefined && <span className={styles.end}>{end}</span>}
      </UnstyledButton>
      {opened && (
        <>
          <ReasonTree reason={reason} />
          <div className={styles.summary}>
            <TextLink href={`/segments/${segment.key}`}>Open the segment</TextLink>
          </div>
        </>
      )}
    </div>
  );
}
