"use client";

import { Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { AddDialog, AddForm } from "@/components/ui/add-dialog";
import { type Fact, Facts } from "@/components/ui/facts";
import { MaskedValue } from "@/components/ui/masked-value";
import { HashText, Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { type CustomerIdentity, changeIdentitySchema } from "@/lib/customers/identity-contract";
import { changeIdentity } from "@/lib/customers/mutations";
import { namespaceListQuery } from "@/lib/customers/queries";
import styles from "./customers.module.css";

type CustomerIdentitiesProps = { readonly id: string; readonly identities: readonly CustomerIdentity[] };

/** What names the customer beside the id; for who may, to be linked and unlinked. */
export function CustomerIdentities({ id, identities }: CustomerIdentitiesProps) {
  const mayChange = useCan("customer.write");
  const factOf = (identity: CustomerIdentity): Fact => ({
    label: identity.name,
    value: <IdentityValue identity={identity} />,
    action: mayChange && (
      <AddDialog title={`Unlink ${nameOf(identity)} from ${id}`} inRow="Unlink…">
        {(close) => <UnlinkForm id={id} identity={identity} onClose={close} />}
      </AddDialog>
    ),
  });
  return (
    <Section
      title="Known as"
      count={identities.length}
      aside={
        mayChange && (
          <AddDialog title={`Link an identity to ${id}`} inRow="Link…">
            {(close) => <LinkForm id={id} onClose={close} />}
          </AddDialog>
        )
      }
    >
      {identities.length === 0 && <span className={styles.because}>By the id only.</span>}
      <Facts
        labelWidth={104}
        facts={identities.map((identity, place) => ({
          key: `${identity.namespace} ${identity.value} ${place}`,
          ...factOf(identity),
        }))}
      />
    </Section>
  );
}

/** "Device d-17"; of what is covered or hashed the namespace alone. */
function nameOf({ name, value, hashed, covered }: CustomerIdentity): string {
  return hashed || covered ? name : `${name} ${value}`;
}

function IdentityValue({ identity: { value, hashed, covered } }: { readonly identity: CustomerIdentity }) {
  if (covered) return <MaskedValue />;
  return hashed ? <HashText hash={value} /> : <Mono>{value}</Mono>;
}

type FormProps = { readonly id: string; readonly onClose: () => void };

function LinkForm({ id, onClose }: FormProps) {
  const { data } = useQuery(namespaceListQuery());
  const namespaces = data?.items ?? [];
  return (
    <AddForm
      schema={changeIdentitySchema}
      initialValues={{ namespace: "", value: "", reason: "" }}
      mutation={changeIdentity(id, "link")}
      submit="Link it"
      onClose={onClose}
    >
      {({ getInputProps, values }) => (
        <>
          <Select
            label="Namespace"
            required
            data={namespaces.map(({ key, name }) => ({ value: key, label: name }))}
            allowDeselect={false}
            {...getInputProps("namespace")}
          />
          <TextInput
            label="Value"
            description={
              namespaces.find(({ key }) => key === values.namespace)?.hashed
                ? "As it is known elsewhere. Only a keyed hash of it is kept."
                : "As it is known elsewhere."
            }
            required
            {...getInputProps("value")}
          />
          <Textarea label="Why" required autosize minRows={2} {...getInputProps("reason")} />
        </>
      )}
    </AddForm>
  );
}

function UnlinkForm({ id, identity, onClose }: FormProps & { readonly identity: CustomerIdentity }) {
  const { namespace, name, value, covered } = identity;
  return (
    <AddForm
      schema={changeIdentitySchema}
      initialValues={{ namespace, value: covered ? "" : value, reason: "" }}
      mutation={changeIdentity(id, "unlink")}
      submit="Unlink it"
      onClose={onClose}
    >
      {({ getInputProps }) => (
        <>
          {covered ? (
            <TextInput
              label={name}
              description="It is covered for you, so give it as it is known elsewhere."
              required
              data-autofocus
              {...getInputProps("value")}
            />
          ) : (
            <div>
              {name} <IdentityValue identity={identity} /> names nobody then, until it is linked or comes in again.
            </div>
          )}
          <Textarea label="Why" required autosize minRows={2} {...getInputProps("reason")} />
        </>
      )}
    </AddForm>
  );
}
