"use client";

import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton, TextLink } from "@/components/ui/link-button";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { Tag } from "@/components/ui/tag";
import type { PolicyItem } from "@/lib/changes/contract";
import { policyListQuery } from "@/lib/changes/queries";
import { policyInWords } from "@/lib/versions/policy-in-words";
import settings from "../settings.module.css";
import styles from "./policies.module.css";
import { PolicySimulator } from "./policy-simulator";
import { usePolicyNames } from "./use-policy-names";

/** Who must approve what, each policy as a sentence, and what a change would need by all of them. */
export function PoliciesSettings() {
  const policies = useQuery(policyListQuery());
  const mayWrite = useCan("policy.write");
  return (
    <>
      <div className={settings.bar}>
        <span className={settings.said}>
          All that apply are asked for together, and the stricter wins. To change one takes two people.
        </span>
        {mayWrite && (
          <LinkButton href="/settings/policies/new" variant="filled">
            Add a policy
          </LinkButton>
        )}
      </div>
      {policies.data ? (
        <Policies {...policies.data} mayWrite={mayWrite} />
      ) : policies.isError ? (
        <ErrorState
          title="The policies could not be read"
          error={policies.error}
          onRetry={() => void policies.refetch()}
        />
      ) : (
        <TableSkeleton rows={5} rowHeight={58} />
      )}
      <div className={styles.below}>
        <PolicySimulator />
      </div>
    </>
  );
}

type PoliciesProps = {
  readonly items: readonly PolicyItem[];
  readonly proposed: readonly { readonly key: string; readonly name: string; readonly number: number }[];
  readonly mayWrite: boolean;
};

function Policies({ items, proposed, mayWrite }: PoliciesProps) {
  if (items.length + proposed.length === 0) {
    return <EmptyState title="No policy">Every version that was submitted could be released by one person.</EmptyState>;
  }
  return (
    <ul className={styles.policies} aria-label="Approval policies">
      {items.map((policy) => (
        <Policy key={policy.key} policy={policy} mayWrite={mayWrite} />
      ))}
      {proposed.map(({ key, name, number }) => (
        <li key={`${key} ${number}`} className={styles.policy} data-quiet>
          <div className={styles.name}>{name}</div>
          <div className={styles.tags}>
            <PendingLink number={number} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Policy({ policy, mayWrite }: { readonly policy: PolicyItem; readonly mayWrite: boolean }) {
  const names = usePolicyNames();
  const { key, name, description, enabled, pending } = policy;
  return (
    <li className={styles.policy} data-quiet={!enabled || undefined}>
      <div>
        <div className={styles.name}>
          {name} {!enabled && <Tag>not in force</Tag>}
        </div>
        <div>{policyInWords(policy, names)}</div>
        {description && <div className={styles.dim}>{description}</div>}
      </div>
      <div className={styles.tags}>
        {pending.map(({ number }) => (
          <PendingLink key={number} number={number} />
        ))}
        <TextLink
          href={`/settings/policies/${encodeURIComponent(key)}`}
          aria-label={`${mayWrite ? "Edit" : "Open"} ${name}`}
        >
          {mayWrite ? "Edit" : "Open"}
        </TextLink>
      </div>
    </li>
  );
}

export function PendingLink({ number }: { readonly number: number }) {
  return <TextLink href={`/settings/changes?change=${number}`}>change {number} waits</TextLink>;
}
