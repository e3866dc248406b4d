"use client";

import { Autocomplete, Checkbox, Stack, Switch, TextInput } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import type { z } from "zod";
import { AddForm } from "@/components/ui/add-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import type { Person, PersonList } from "@/lib/access/contract";
import { type Role, roles } from "@/lib/access/permissions";
import { type addedPersonSchema, addPersonSchema, reasonSchema } from "@/lib/changes/contract";
import { personEnableSchema } from "@/lib/changes/kinds/person-enable";
import { personRolesSchema } from "@/lib/changes/kinds/person-roles";
import { addPerson, proposal } from "@/lib/changes/mutations";
import { Proposed, ProposeForm, ReasonField } from "./propose-form";
import { roleWords } from "./role-words";
import styles from "./settings.module.css";

type PersonFormProps = { readonly teams: PersonList["teams"]; readonly onClose: () => void };

const rolesFormSchema = personRolesSchema.extend({ reason: reasonSchema });

export function ChangeRolesForm({ person, teams, onClose }: PersonFormProps & { readonly person: Person }) {
  return (
    <ProposeForm<z.input<typeof rolesFormSchema>>
      schema={rolesFormSchema}
      initialValues={{ roles: person.roles, team: person.team, reason: "" }}
      mutation={proposal("person-roles", person.id)}
      onClose={onClose}
    >
      {({ getInputProps, values, setFieldValue }) => (
        <>
          <RoleFields {...getInputProps("roles")} />
          <TeamField
            teams={teams}
            {...getInputProps("team")}
            value={values.team ?? ""}
            onChange={(team: string) => setFieldValue("team", team || null)}
          />
        </>
      )}
    </ProposeForm>
  );
}

const enableFormSchema = personEnableSchema.extend({ reason: reasonSchema });

export function EnablePersonForm({ person, onClose }: Pick<PersonFormProps, "onClose"> & { readonly person: Person }) {
  return (
    <ProposeForm<z.input<typeof enableFormSchema>>
      schema={enableFormSchema}
      initialValues={{ enabled: true, reason: "" }}
      mutation={proposal("person-enable", person.id)}
      onClose={onClose}
    >
      {() => (
        <p>
          {person.name} may sign in again, with the roles they have: {person.roles.join(", ") || "none"}.
        </p>
      )}
    </ProposeForm>
  );
}

type AddPersonValues = z.input<typeof addPersonSchema> & Record<string, unknown>;

export function AddPersonForm({ teams, onClose }: PersonFormProps) {
  return (
    <AddForm<AddPersonValues, z.output<typeof addedPersonSchema>>
      schema={addPersonSchema}
      initialValues={{ email: "", name: "", roles: [], withPassword: true, reason: "" }}
      mutation={addPerson}
      onClose={onClose}
      done={(added) => <Added added={added} onClose={onClose} />}
    >
      {({ getInputProps, values, setFieldValue }) => (
        <>
          <TextInput label="Name" data-autofocus required {...getInputProps("name")} />
          <TextInput label="E-mail" type="email" required {...getInputProps("email")} />
          <RoleFields {...getInputProps("roles")} />
          <TeamField
            teams={teams}
            {...getInputProps("team")}
            value={values.team ?? ""}
            onChange={(team: string) => setFieldValue("team", team || undefined)}
          />
          <Switch
            label="Signs in with a password, which is made and shown once"
            {...getInputProps("withPassword", { type: "checkbox" })}
          />
          <ReasonField {...getInputProps("reason")} />
        </>
      )}
    </AddForm>
  );
}

function Added({
  added,
  onClose,
}: {
  readonly added: z.output<typeof addedPersonSchema>;
  readonly onClose: () => void;
}) {
  const { person, password, change } = added;
  return (
    <Stack gap="md">
      <p>
        {person.name} is added, and may do nothing until their roles are applied.
        {password === null && " They sign in through the identity provider."}
      </p>
      {password !== null && (
        <>
          <p>Their password is shown now and never again:</p>
          <div className={styles.secret}>{password}</div>
          <div>
            <CopyButton value={password} label="Copy the password" withText />
          </div>
        </>
      )}
      <Proposed change={change} onClose={onClose} />
    </Stack>
  );
}

function RoleFields({ value, onChange, error }: GetInputPropsReturnType) {
  return (
    <Checkbox.Group label="Roles" value={value as Role[]} {...(onChange ? { onChange } : {})} error={error}>
      <Stack gap={6} mt={4}>
        {roles.map((role) => (
          <Checkbox key={role} value={role} label={role} description={roleWords[role]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function TeamField({ teams, ...field }: GetInputPropsReturnType & { readonly teams: PersonList["teams"] }) {
  return (
    <Autocomplete
      label="Team"
      description="By its key; one that is not there yet is made."
      placeholder="None"
      data={teams.map(({ key }) => key)}
      {...field}
    />
  );
}
