import { z } from "zod";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * Gathers JSON schemas under names, as OpenAPI keeps them. `refer` writes one and gives the reference to it; what a
 * schema defines for itself (where it contains itself, say) is gathered under its name too.
 */
export function jsonSchemas() {
  const schemas: Record<string, unknown> = {};

  function refer(name: string, schema: z.ZodType, io: "input" | "output"): { $ref: string } {
    const { $schema: _, $defs, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
    schemas[name] = pointed(json, name);
    for (const [inner, definition] of Object.entries($defs ?? {}))
      schemas[`${name}_${inner}`] = pointed(definition, name);
    return { $ref: placeOf(name) };
  }

  return { schemas, refer };
}

/** The same schema with its references pointing into the gathered ones. */
function pointed(json: unknown, name: string): unknown {
  if (Array.isArray(json)) return json.map((each) => pointed(each, name));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => {
      if (key !== "$ref" || typeof value !== "string") return [key, pointed(value, name)];
      const inner = value.replace(/^#(\/\$defs\/)?/, "");
      return [key, placeOf(inner === "" ? name : `${name}_${inner}`)];
    }),
  );
}

function placeOf(name: string): string {
  return `#/components/schemas/${name}`;
}
