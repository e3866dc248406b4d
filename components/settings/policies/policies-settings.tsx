"use client";

import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton, TextLink } from "@/components/ui/link-button";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import type { PolicyItem } from "@/lib/changes/contract";
import { policyListQuery } from "@/lib/changes/queries";
import { policyInWords } from "@/lib/versions/policy-in-words";
import settings from "../settings.module.css";
import styles from "./policies.module.css";
import { PolicyList } from "./policy-list";
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
  const names = usePolicyNames();
  if (items.length + proposed.length === 0) {
    return <EmptyState title="No policy">Every version that was submitted could be released by one person.</EmptyState>;
  }
  return (
    <PolicyList
      label="Approval policies"
      proposed={proposed}
      rows={items.map((policy) => ({
        ...{ key: policy.key, name: policy.name, enabled: policy.enabled, pending: policy.pending },
        ...{ words: policyInWords(policy, names), note: policy.description },
        action: (
          <TextLink
            href={`/settings/policies/${encodeURIComponent(policy.key)}`}
            aria-label={`${mayWrite ? "Edit" : "Open"} ${policy.name}`}
          >
            {mayWrite ? "Edit" : "Open"}
          </TextLink>
        ),
      }))}
    />
  );
}
