"use client";

import { Button, Group, Switch, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorLine, ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { NameAndKey } from "@/components/ui/name-and-key";
import { SplitBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { type PolicyItem, proposeNewPolicySchema } from "@/lib/changes/contract";
import { proposePolicy } from "@/lib/changes/mutations";
import { policyListQuery } from "@/lib/changes/queries";
import { policyContentSchema } from "@/lib/versions/approval-policy";
import { policyInWords } from "@/lib/versions/policy-in-words";
import { Proposed, ReasonField } from "../propose-form";
import { AskFields } from "./ask-fields";
import { ConditionFields } from "./condition-fields";
import styles from "./policies.module.css";
import { PolicyComparison } from "./policy-comparison";
import { blankPolicy, editedPolicies, type PolicyForm, type PolicyValues, valuesOf } from "./policy-form";
import { PendingLink } from "./policy-list";
import { PolicySimulator } from "./policy-simulator";
import { usePolicyNames } from "./use-policy-names";

/** One policy, or a new one where no key is given. */
export function PolicyEditor({ policyKey }: { readonly policyKey: string | null }) {
  const { data, error, refetch } = useQuery(policyListQuery());
  if (!data) {
    return error ? (
      <ErrorState title="The policies could not be read" error={error} onRetry={() => void refetch()} />
    ) : (
      <TableSkeleton rows={6} />
    );
  }
  const policy = data.items.find(({ key }) => key === policyKey);
  if (policyKey !== null && !policy) {
    return (
      <EmptyState
        title={`There is no policy "${policyKey}"`}
        action={<LinkButton href="/settings/policies">All policies</LinkButton>}
        wholePage
      />
    );
  }
  return <LoadedEditor key={policy?.updatedAt ?? "new"} policy={policy ?? null} stored={data.items} />;
}

type LoadedEditorProps = { readonly policy: PolicyItem | null; readonly stored: readonly PolicyItem[] };

function LoadedEditor({ policy, stored }: LoadedEditorProps) {
  const form = useForm<PolicyValues>({
    initialValues: policy ? valuesOf(policy) : blankPolicy,
    validate: schemaResolver(proposeNewPolicySchema, { sync: true }),
  });
  const [values] = useDebouncedValue(form.values, 300);
  const policies = editedPolicies(stored, values);
  return (
    <SplitBody
      sideWidth={376}
      sideLabel="What it would mean"
      side={
        policies ? (
          <PolicyComparison policies={policies} />
        ) : (
          <EmptyState title="It is no policy yet">Name it.</EmptyState>
        )
      }
    >
      <PageHeader
        title={policy ? policy.name : "New approval policy"}
        {...(policy ? { subtitle: <Stored policy={policy} /> } : {})}
      />
      <PolicyFields form={form} isNew={policy === null} />
      {policies && (
        <div className={styles.below}>
          <PolicySimulator policies={policies} />
        </div>
      )}
    </SplitBody>
  );
}

function Stored({ policy }: { readonly policy: PolicyItem }) {
  const { changedBy, pending } = policy;
  return (
    <>
      {changedBy.decidedBy
        ? `As ${changedBy.author} proposed and ${changedBy.decidedBy} applied.`
        : "As it came with the installation."}{" "}
      {pending.map(({ number }) => (
        <PendingLink key={number} number={number} />
      ))}
    </>
  );
}

type PolicyFieldsProps = { readonly form: PolicyForm; readonly isNew: boolean };

function PolicyFields({ form, isNew }: PolicyFieldsProps) {
  const mayWrite = useCan("policy.write");
  const propose = useMutation(proposePolicy);
  if (propose.data) return <Proposed change={propose.data.change} onClose={() => propose.reset()} />;
  return (
    <form onSubmit={form.onSubmit((values) => propose.mutate({ ...values, isNew }))}>
      <fieldset className={styles.fields} disabled={!mayWrite}>
        <Sentence values={form.values} />
        {isNew ? (
          <NameAndKey propsOf={form.getInputProps} />
        ) : (
          <TextInput label="Name" required {...form.getInputProps("name")} />
        )}
        <Textarea label="Why it is there" autosize minRows={1} {...form.getInputProps("description")} />
        <AskFields form={form} />
        <ConditionFields form={form} />
        <Switch label="In force" {...form.getInputProps("enabled", { type: "checkbox" })} />
        {mayWrite ? (
          <>
            <ReasonField {...form.getInputProps("reason")} />
            <ErrorLine error={propose.error} />
            <Group gap="sm">
              <Button type="submit" variant="filled" loading={propose.isPending}>
                Propose
              </Button>
              <LinkButton href="/settings/policies">Back</LinkButton>
            </Group>
          </>
        ) : (
          <p className={styles.dim}>Privacy and administrators propose changes of policies.</p>
        )}
      </fieldset>
    </form>
  );
}

/** What it says, as it is being edited. */
function Sentence({ values }: { readonly values: PolicyValues }) {
  const names = usePolicyNames();
  const { asks, conditions } = values;
  const parsed = policyContentSchema.pick({ asks: true, conditions: true }).safeParse({ asks, conditions });
  return <p className={styles.sentence}>{parsed.success ? policyInWords(parsed.data, names) : "…"}</p>;
}
