import { IconCheck, IconX } from "@tabler/icons-react";
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

function Node({ node }: { readonly node: ReasonNode }) {
  return (
    <li>
      <div className={styles.node} data-holds={node.holds} data-decisive={node.decisive}>
        <Mark holds={node.holds} />
        <div className={styles.text}>{node.text}</div>
        {node.decisive && <Tag tone="new">decides</Tag>}
        {node.actual !== null && <span className={styles.actual}>{node.actual}</span>}
      </div>
      {node.children.length > 0 && (
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
