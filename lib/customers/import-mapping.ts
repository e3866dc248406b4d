import { z } from "zod";
import { keySchema } from "../catalogue/definition";

export const columnSchema = z.string().min(1).max(500);

/**
 * number: "decimal_comma". timestamp: "iso" (what is left out: UTC), "unix_seconds", "unix_milliseconds", or a
 * pattern as "%d.%m.%Y %H:%M" (read as UTC). string_set: what separates the values, "|" when left out.
 */
export const formatSchema = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[^'"\\\p{Cc}]*$|^\t$/u);

/** How the cells of a column are read. */
export const attributeColumnSchema = z.strictObject({
  key: keySchema,
  type: z.enum(["string", "number", "boolean", "timestamp", "string_set"]),
  format: formatSchema.optional(),
});
export type AttributeColumn = z.infer<typeof attributeColumnSchema>;

/** A column's name, a column whose values are renamed to region keys, or one region for everyone in the file. */
export const regionSourceSchema = z.union([
  columnSchema,
  z.strictObject({ column: columnSchema, values: z.record(z.string(), keySchema).default({}) }),
  z.strictObject({ constant: keySchema }),
]);

/**
 * Purposes that a customer has granted (or objects to). Each source adds to the others:
 * `columns` maps yes/no columns to purposes, `list` is one column with separated purposes, `constant` holds for all.
 */
export const purposeSourceSchema = z.strictObject({
  columns: z.record(columnSchema, keySchema).default({}),
  list: z.strictObject({ column: columnSchema, separator: z.string().min(1).max(5).default("|") }).optional(),
  constant: z.array(keySchema).max(64).default([]),
});
export type PurposeSource = z.infer<typeof purposeSourceSchema>;

/** Which column of a file is what. What it leaves out, an import leaves as it is. */
export const importMappingSchema = z.strictObject({
  target: z.literal("customers").default("customers"),
  id: columnSchema,
  region: regionSourceSchema.optional(),
  consents: purposeSourceSchema.optional(),
  objections: purposeSourceSchema.optional(),
  attributes: z.record(columnSchema, attributeColumnSchema).default({}),
});
export type ImportMapping = z.infer<typeof importMappingSchema>;

/** Every column that the mapping reads, in the order in which faults of a row are looked for. */
export function mappedColumns(mapping: ImportMapping): string[] {
  const { region, consents, objections } = mapping;
  const regionColumn = typeof region === "string" ? region : region && "column" in region ? region.column : undefined;
  const purposeColumns = [consents, objections].flatMap((source) =>
    source ? [...Object.keys(source.columns), ...(source.list ? [source.list.column] : [])] : [],
  );
  const all = [
    mapping.id,
    ...(regionColumn ? [regionColumn] : []),
    ...purposeColumns,
    ...Object.keys(mapping.attributes),
  ];
  return [...new Set(all)];
}
