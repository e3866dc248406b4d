import { DomainError } from "../../errors";
import type { Finding } from "../../findings";
import { isStorableText } from "../../segments/draft-shape";
import { type EventMapping, eventMappingSchema } from "../event-mapping";
import { type ImportMapping, importMappingSchema } from "../import-mapping";
import { refused } from "./import-source";

/** Throws invalid for what is no mapping. */
export function readMapping(text: string | undefined): ImportMapping | EventMapping {
  if (text === undefined) throw refused("no-mapping", 'The form has no "mapping".');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refused("not-json", "The mapping is not JSON.");
  }
  requireStorable(json);
  const schema = isForEvents(json) ? eventMappingSchema : importMappingSchema;
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const findings = parsed.error.issues.map(
      (issue): Finding => ({
        ...{ code: `shape-${issue.code}`, severity: "blocking", message: issue.message },
        ...{ path: issue.path.join("."), resolution: issue.message },
      }),
    );
    throw new DomainError("invalid", "Something in the mapping is not as it must be.", {
      reason: "invalid-mapping",
      findings,
    });
  }
  return parsed.data;
}

function requireStorable(json: unknown): void {
  JSON.stringify(json, (name, value: unknown) => {
    if (isStorableText(name) && (typeof value !== "string" || isStorableText(value))) return value;
    throw refused("unfit-text", "A text in the mapping holds a character that cannot be stored.");
  });
}

function isForEvents(json: unknown): boolean {
  return typeof json === "object" && json !== null && "target" in json && json.target === "events";
}
