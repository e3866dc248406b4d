"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useCan } from "@/components/layout/viewer";
import { AddDialog } from "@/components/ui/add-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { regionListQuery } from "@/lib/catalogue/queries";
import type { LabelPolicyItem } from "@/lib/changes/guard-contract";
import { labelPolicyListQuery } from "@/lib/changes/queries";
import { type LabelPolicyNames, labelPolicyInWords } from "@/lib/guards/label-policy";
import settings from "../settings.module.css";
import { AddLabelPolicyForm, ChangeLabelPolicyForm } from "./label-policy-form";
import { PolicyList } from "./policy-list";
import { usePolicyNames } from "./use-policy-names";

/** What a label on an attribute means for purposes, treatments and where consumers run, each policy as a sentence. */
export function LabelPoliciesSettings() {
  const policies = useQuery(labelPolicyListQuery());
  const mayWrite = useCan("guard.write");
  return (
    <>
      <div className={settings.bar}>
        <span className={settings.said}>
          What a label on an attribute means wherever a rule uses it. To change one takes two people.
        </span>
        {mayWrite && (
          <AddDialog title="Add a label policy">{(close) => <AddLabelPolicyForm onClose={close} />}</AddDialog>
        )}
      </div>
      {policies.data ? (
        <LabelPolicies {...policies.data} mayWrite={mayWrite} />
      ) : policies.isError ? (
        <ErrorState
          title="The label policies could not be read"
          error={policies.error}
          onRetry={() => void policies.refetch()}
        />
      ) : (
        <TableSkeleton rows={3} rowHeight={58} />
      )}
    </>
  );
}

type LabelPoliciesProps = {
  readonly items: readonly LabelPolicyItem[];
  readonly proposed: readonly { readonly key: string; readonly name: string; readonly number: number }[];
  readonly mayWrite: boolean;
};

function LabelPolicies({ items, proposed, mayWrite }: LabelPoliciesProps) {
  const { purposes } = usePolicyNames();
  const regions = useQuery(regionListQuery()).data?.items;
  const names = useMemo<LabelPolicyNames>(
    () => ({ purposes, regions: new Map(regions?.map(({ key, name }) => [key, name])) }),
    [purposes, regions],
  );
  if (items.length + proposed.length === 0) {
    return (
      <EmptyState title="No label policy">A label masks values, and may be asked for by approval policies.</EmptyState>
    );
  }
  return (
    <PolicyList
      label="Label policies"
      proposed={proposed}
      rows={items.map((policy) => ({
        ...{ key: policy.key, name: policy.name, enabled: policy.enabled, pending: policy.pending },
        ...{ words: labelPolicyInWords(policy, names), note: policy.description },
        action: mayWrite && (
          <AddDialog title={`Change ${policy.name}`} inRow="Change…">
            {(close) => <ChangeLabelPolicyForm item={policy} onClose={close} />}
          </AddDialog>
        ),
      }))}
    />
  );
}
