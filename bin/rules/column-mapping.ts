import { type Attribute, attributeSchema } from "../../lib/catalogue/definition";
import type { ImportPreview } from "../../lib/customers/contract";
import { suggestedKey } from "../../lib/customers/import-inference";
import type { AttributeColumn, ImportMapping } from "../../lib/customers/import-mapping";
import type { SegmentDocument } from "../../lib/segments/document";
import { StartError } from "../../lib/server/start-error";

/** The attributes that a file's columns can be; of two columns with one key the first. */
export function columnAttributes({ columns, suggested }: ImportPreview): ReadonlyMap<string, Attribute> {
  const values = columns.filter(({ name }) => name !== suggested.id && name !== suggested.region);
  const attributes = values.map(({ suggestedKey: key, name, type }) => attributeSchema.parse({ key, name, type }));
  return new Map(attributes.toReversed().map((attribute) => [attribute.key, attribute]));
}

/** Which column is the id: the one that was named, or the one that looks like it. Throws for bad usage. */
export function idColumn({ columns, suggested }: ImportPreview, wanted: string | undefined): string {
  const names = columns.map(({ name }) => name);
  if (wanted !== undefined && !names.includes(wanted))
    throw new StartError("usage", `There is no column "${wanted}". There are: ${names.join(", ")}.`);
  const id = wanted ?? suggested.id;
  if (id === null) throw new StartError("usage", "No column looks like an id: name one with --id.");
  return id;
}

/** The columns of the attributes that are asked for, read as those have them. */
export function attributeColumns(
  { columns }: ImportPreview,
  attributes: readonly Attribute[],
): Record<string, AttributeColumn> {
  const mapped = attributes.flatMap(({ key, type }): [string, AttributeColumn][] => {
    const column = columns.find((each) => each.suggestedKey === key);
    if (!column) return [];
    const format = column.type === type ? column.format : undefined;
    return [[column.name, { key, type, ...(format === undefined ? {} : { format }) }]];
  });
  return Object.fromEntries(mapped);
}

/** A guard for which there is no column lets everybody pass; `notes` say so. */
export type GuardColumns = {
  readonly mapping: Pick<ImportMapping, "region" | "consents">;
  readonly notes: readonly string[];
};

export function guardColumns({ suggested }: ImportPreview, { regions, purposes }: SegmentDocument): GuardColumns {
  const columnOf = (purpose: string) =>
    suggested.consents.find((name) => [purpose, `${purpose}_consent`].includes(suggestedKey(name)));
  const asked = purposes.flatMap((purpose): [string, string][] => {
    const column = columnOf(purpose);
    return column === undefined ? [] : [[column, purpose]];
  });
  const without = purposes.filter((purpose) => columnOf(purpose) === undefined);
  const [anywhere] = regions;
  const region = suggested.region ?? (anywhere === undefined ? undefined : { constant: anywhere });
  return {
    mapping: {
      ...(region === undefined ? {} : { region }),
      consents: { columns: Object.fromEntries(asked), constant: without },
    },
    notes: [
      ...asked.map(([column, purpose]) => `Consent for ${purpose} is read from the column "${column}".`),
      ...without.map((purpose) => `Consent for ${purpose} is not looked at: no column is called "${purpose}_consent".`),
      suggested.region === null
        ? 'The region is not looked at: no column is called "region".'
        : `The region is read from the column "${suggested.region}".`,
    ],
  };
}
