import { attributeColumn, layoutOf as clickHouseLayoutOf } from "../../lib/engine/clickhouse/layout";
import { layoutOf as duckDbLayoutOf, purposeOwner, regionOwner } from "../../lib/engine/duckdb/layout";
import type { Finding } from "../../lib/findings";
import { toCel } from "../../lib/rules/cel";
import { toClickHouse } from "../../lib/rules/clickhouse";
import type { TreeNode } from "../../lib/rules/definition";
import { toDuckDb } from "../../lib/rules/duckdb";
import { toFlagd } from "../../lib/rules/flagd";
import { toJsonLogic } from "../../lib/rules/jsonlogic";
import type { SqlStatement } from "../../lib/rules/sql-statement";
import type { Translation } from "../../lib/rules/translation";
import type { DocumentVocabulary } from "../../lib/rules/vocabulary";

export const targets = ["duckdb", "clickhouse", "jsonlogic", "cel", "flagd"] as const;
export type Target = (typeof targets)[number];

/** `text` as a person reads it, `output` for machines. */
export type Translated =
  | { readonly ok: true; readonly output: unknown; readonly text: string }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** `key` names the flag; `asOf` in milliseconds goes into SQL, the other formats are given it with each customer. */
export function translateRule(
  { tree, key, vocabulary, asOf }: { tree: TreeNode; key: string; vocabulary: DocumentVocabulary; asOf: number },
  target: Target,
): Translated {
  switch (target) {
    case "duckdb":
      return sql(
        toDuckDb(tree, duckDbLayout(vocabulary), asOf),
        (position) => `$${position}`,
        duckDbLegend(vocabulary),
      );
    case "clickhouse":
      return sql(toClickHouse(tree, clickHouseLayout(vocabulary), asOf), (position) => `p${position}`);
    case "jsonlogic":
      return said(toJsonLogic(tree));
    case "cel":
      return said(toCel(tree));
    case "flagd": {
      const translation = toFlagd(tree);
      return said(translation.ok ? { ok: true, output: { flags: { [key]: translation.output } } } : translation);
    }
  }
}

function said(translation: Translation<unknown>): Translated {
  if (!translation.ok)
    return { ok: false, findings: translation.limits.map((limit) => ({ ...limit, severity: "blocking" })) };
  const { output } = translation;
  return { ok: true, output, text: typeof output === "string" ? output : JSON.stringify(output, null, 2) };
}

function sql(
  { sql: output, parameters }: SqlStatement,
  nameOf: (position: number) => string,
  legend: readonly string[] = [],
): Translated {
  const values = parameters.map(({ value }) => (typeof value === "bigint" ? Number(value) : value));
  const lines = values.map((value, index) => `-- ${nameOf(index + 1)} = ${JSON.stringify(value)}`);
  return { ok: true, output: { sql: output, parameters: values }, text: [output, ...lines, ...legend].join("\n") };
}

const plainStorage = {
  string: "text",
  number: "number",
  boolean: "boolean",
  timestamp: "instant",
  string_set: "texts",
} as const;

/** As an installation stores customers: regions and purposes are numbered as the catalogue has them, others after. */
function duckDbLayout({ attributes, regions, purposes }: DocumentVocabulary) {
  const numbered = (owner: string, keys: Iterable<string>) => [...keys].map((value, code) => ({ owner, code, value }));
  const others = { owner: regionOwner, code: regions.size, value: "" };
  return duckDbLayoutOf({
    attributes: [...attributes.values()].map(({ key, type }) => ({ key, type, storage: plainStorage[type] })),
    dictionary: [...numbered(regionOwner, regions.keys()), others, ...numbered(purposeOwner, purposes.keys())],
  });
}

function duckDbLegend({ regions, purposes }: DocumentVocabulary): string[] {
  const numbered = (keys: Iterable<string>) => [...keys].map((key, code) => `${key} ${code}`).join(", ");
  return [
    ...(regions.size === 0 ? [] : [`-- regions: ${numbered(regions.keys())}`]),
    ...(purposes.size === 0 ? [] : [`-- bits of consents and objections: ${numbered(purposes.keys())}`]),
  ];
}

function clickHouseLayout({ attributes }: DocumentVocabulary) {
  const columns = [...attributes.values()].map(({ key, type }) => attributeColumn(key, type).column);
  return clickHouseLayoutOf(["id", "region", "consents", "objections", ...columns]);
}
