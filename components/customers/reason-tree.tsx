"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCheck, IconChevronDown, IconChevronRight, IconX } from "@tabler/icons-react";
import { ReferenceLink } from "@/components/ui/reference-link";
import { Tag } from "@/components/ui/tag";
import type { MembershipReasonAnswer, ReasonNode } from "@/lib/customers/contract";
import styles from "./customers.module.css";

/** The rule as it was evaluated for this customer, with their values and the condition that decided. */
export function ReasonTree({ reason }: { readonly reason: MembershipReasonAnswer }) {
  return (
    <ul className={styles.reason}>
      <Node node={reason.rule} />
      {reason.guards.map((guard) => (
        <li key={guard.text} className={styles.node} data-holds={guard.holds}>
          <Mark holds={guard.holds} />
          <div className={styles.text}>{guard.text}</div>
          {!guard.holds && reason.decidedBy === "guard" && <Tag tone="new">decides</Tag>}
        </li>
      ))}
    </ul>
  );
}

/** What stands below a reference is folded: it is the other segment's rule, not this one's. */
function Node({ node }: { readonly node: ReasonNode }) {
  const [unfolded, fold] = useDisclosure(node.refersTo === null);
  return (
    <li>
      <div className={styles.node} data-holds={node.holds} data-decisive={node.decisive}>
        <Mark holds={node.holds} />
        <div className={styles.text}>{node.text}</div>
        {node.refersTo && <ReferenceLink reference={node.refersTo} />}
        {node.refersTo && node.children.length > 0 && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={unfolded}
            aria-label={`Why: ${node.text}`}
            rightSection={
              unfolded ? <IconChevronDown size={12} stroke={1.6} /> : <IconChevronRight size={12} stroke={1.6} />
            }
            onClick={fold.toggle}
          >
            Why
          </Button>
        )}
        {node.decisive && <Tag tone="new">decides</Tag>}
        {node.actual !== null && <span className={styles.actual}>{node.actual}</span>}
      </div>
      {unfolded && node.children.length > 0 && (
        <ul>
          {node.children.map((child) => (
            <Node key={child.path.join(".")} node={child} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Mark({ holds }: { readonly holds: boolean }) {
  return holds ? (
    <IconCheck size={14} stroke={2} color="var(--st-good)" role="img" aria-label="holds" />
  ) : (
    <IconX size={14} stroke={2} role="img" aria-label="does not hold" />
  );
}
