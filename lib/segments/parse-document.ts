import type { z } from "zod";
import {
  listEntrySchema,
  mostListed,
  mostTests,
  type SegmentDocument,
  segmentDocumentSchema,
  testCaseSchema,
} from "./document";

/** What is not as the schema wants it; `unknown` holds the fields that it does not have. */
export type DocumentIssue = {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly unknown: readonly string[];
};

type Parsed<Value> = { readonly value?: Value; readonly issues: readonly DocumentIssue[] };

/**
 * The document as its schema reads it, or the first issues. Its long lists are read entry by entry and no further than
 * there are issues enough: looking at all that is wrong could take a thousand times as long.
 */
export function parseDocument(
  input: unknown,
  mostIssues: number,
): { readonly document?: SegmentDocument; readonly issues: readonly DocumentIssue[] } {
  const given = fieldsOf(input);
  const definition = fieldsOf(given.definition);
  const bare = isPlain(given.definition) ? { ...definition, include: [], exclude: [] } : given.definition;
  const rest = parsedBy(segmentDocumentSchema, isPlain(input) ? { ...given, definition: bare, tests: [] } : input, []);
  const entries = (name: "include" | "exclude") =>
    parseItems(listEntrySchema, definition[name], { path: ["definition", name], most: mostListed, mostIssues });
  const include = entries("include");
  const exclude = entries("exclude");
  const tests = parseItems(testCaseSchema, given.tests, { path: ["tests"], most: mostTests, mostIssues });
  const issues = [rest, include, exclude, tests].flatMap((part) => part.issues).slice(0, mostIssues);
  if (!rest.value || !include.value || !exclude.value || !tests.value) return { issues };
  const lists = { include: include.value, exclude: exclude.value };
  const document = { ...rest.value, definition: { ...rest.value.definition, ...lists }, tests: tests.value };
  return { document, issues };
}

type Limits = { readonly path: readonly PropertyKey[]; readonly most: number; readonly mostIssues: number };

function parseItems<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  { path, most, mostIssues }: Limits,
): Parsed<z.output<Schema>[]> {
  if (given === undefined) return { value: [], issues: [] };
  if (!Array.isArray(given)) return { issues: [{ path, message: "This is a list.", unknown: [] }] };
  const message = `There are ${given.length.toLocaleString("en")} entries; at most ${most.toLocaleString("en")} fit.`;
  if (given.length > most) return { issues: [{ path, message, unknown: [] }] };
  const items: z.output<Schema>[] = [];
  const issues: DocumentIssue[] = [];
  for (const [index, item] of given.entries()) {
    const { value, issues: found } = parsedBy(schema, item, [...path, index]);
    if (found.length === 0 && value !== undefined) items.push(value);
    issues.push(...found);
    if (issues.length >= mostIssues) break;
  }
  return issues.length > 0 ? { issues } : { value: items, issues };
}

function parsedBy<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  path: readonly PropertyKey[],
): Parsed<z.output<Schema>> {
  const result = schema.safeParse(given);
  if (result.success) return { value: result.data, issues: [] };
  return {
    issues: result.error.issues.map((issue) => ({
      path: [...path, ...issue.path],
      message: issue.message,
      unknown: issue.code === "unrecognized_keys" ? issue.keys : [],
    })),
  };
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isPlain(value) ? value : {};
}
