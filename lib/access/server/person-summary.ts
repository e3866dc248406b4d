import type { PersonSummary } from "../contract";

type PersonRow = Pick<PersonSummary, "id" | "name" | "email"> & { readonly teamKey: string | null };

export function toPersonSummary({ id, name, email, teamKey }: PersonRow): PersonSummary {
  return { id, name, email, team: teamKey };
}
