import type { z } from "zod";
import { DomainError } from "../errors";
import type { Finding } from "../findings";

const mostFindings = 50;

/** The value as the schema reads it. Throws `invalid` with where and what for what it is not. */
export function parsed(schema: z.ZodType, value: unknown, where: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const findings = result.error.issues.slice(0, mostFindings).map(
    (issue): Finding => ({
      code: `shape-${issue.code}`,
      severity: "blocking",
      message: issue.message,
      path: issue.path.join("."),
      resolution: issue.code === "unrecognized_keys" ? `Leave out: ${issue.keys.join(", ")}.` : issue.message,
    }),
  );
  throw new DomainError("invalid", `Something in ${where} is not as it must be.`, {
    reason: "invalid-input",
    findings,
  });
}

/** NUL and halves of surrogate pairs are in no text that a database takes; a document says where they stand itself. */
export function requireStorable(text: string, where: string): string {
  if (!text.includes("\0") && text.isWellFormed()) return text;
  throw new DomainError("invalid", `A text in ${where} holds a character that cannot be stored.`, {
    reason: "unfit-text",
  });
}
