import type { z } from "zod";
import type { AttributeType } from "@/lib/catalogue/definition";
import type { ImportPreview } from "@/lib/customers/contract";
import type { ImportMapping, importMappingSchema } from "@/lib/customers/import-mapping";

export type ColumnPlan = {
  readonly column: string;
  readonly use: "id" | "region" | "consent" | "attribute" | "leave-out";
  /** For an attribute; kept while another use is tried. */
  readonly key: string;
  readonly type: AttributeType;
  readonly format?: string | undefined;
  /** The type is the catalogue's and cannot be chosen. */
  readonly isKnown: boolean;
  /** For a consent column. */
  readonly purpose: string | null;
};

export type ImportPlan = {
  readonly columns: readonly ColumnPlan[];
  /** One region for everyone, where no column says it. */
  readonly region: string | null;
  /** Purposes that everyone in the file has granted. */
  readonly granted: readonly string[];
};

/** The plan that the file's own looks suggest. */
export function suggestedPlan(preview: ImportPreview, purposes: readonly string[]): ImportPlan {
  const { suggested } = preview;
  const columns = preview.columns.map((column): ColumnPlan => {
    const { attribute } = column;
    const purpose = purposes.find((key) => column.suggestedKey.split("_").includes(key)) ?? null;
    const use =
      column.name === suggested.id
        ? "id"
        : column.name === suggested.region
          ? "region"
          : suggested.consents.includes(column.name) && purpose
            ? "consent"
            : "attribute";
    return {
      column: column.name,
      use,
      key: attribute?.key ?? column.suggestedKey,
      type: (attribute?.type as AttributeType | undefined) ?? column.type,
      ...(column.format === undefined ? {} : { format: column.format }),
      isKnown: attribute !== null,
      purpose,
    };
  });
  return { columns, region: null, granted: [] };
}

/** Why the plan cannot be sent yet, by what it concerns; empty when it can. */
export function planFaults(plan: ImportPlan): string[] {
  const faults: string[] = [];
  const ids = plan.columns.filter(({ use }) => use === "id");
  if (ids.length === 0) faults.push("Choose the column that holds the customer's id.");
  if (ids.length > 1) faults.push("Only one column can be the id.");
  if (plan.columns.filter(({ use }) => use === "region").length > 1) faults.push("Only one column can be the region.");
  for (const { column } of plan.columns.filter(({ use, purpose }) => use === "consent" && !purpose)) {
    faults.push(`Say which purpose "${column}" grants.`);
  }
  const keys = plan.columns.filter(({ use }) => use === "attribute").map(({ key }) => key);
  for (const key of new Set(keys.filter((each, index) => keys.indexOf(each) !== index))) {
    faults.push(`Two columns would be read into "${key}".`);
  }
  return faults;
}

export function mappingOf(plan: ImportPlan): z.input<typeof importMappingSchema> {
  const of = (use: ColumnPlan["use"]) => plan.columns.filter((column) => column.use === use);
  const regionColumn = of("region")[0]?.column;
  const region: ImportMapping["region"] = regionColumn ?? (plan.region ? { constant: plan.region } : undefined);
  const granting = of("consent").flatMap(({ column, purpose }) => (purpose ? [[column, purpose] as const] : []));
  const attributes = of("attribute").map(
    ({ column, key, type, format }) => [column, format === undefined ? { key, type } : { key, type, format }] as const,
  );
  return {
    target: "customers",
    id: of("id")[0]?.column ?? "",
    ...(region === undefined ? {} : { region }),
    ...(granting.length > 0 || plan.granted.length > 0
      ? { consents: { columns: Object.fromEntries(granting), constant: [...plan.granted] } }
      : {}),
    attributes: Object.fromEntries(attributes),
  };
}
