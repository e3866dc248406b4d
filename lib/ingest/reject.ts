/** Why a line is not taken over. Stable: senders act on them; `docs/ingest.md` says what each asks for. */
export const rejectCodes = [
  "line-too-long",
  "not-unicode",
  "not-json",
  "null-byte",
  "lone-surrogate",
  "duplicate-field",
  "too-deep",
  "too-many-fields",
  "too-many-items",
  "too-large",
  "missing-field",
  "unknown-field",
  "wrong-type",
  "wrong-value",
  "id-too-long",
  "value-too-long",
  "unknown-attribute",
  "computed-attribute",
  "missing-model-version",
  "other-model-version",
  "unknown-region",
  "unknown-purpose",
  "unknown-namespace",
  "unknown-event-type",
  "unknown-property",
  "unreadable-signal",
  "in-the-future",
  "foreign-region",
  "erased",
  "identity-taken",
  "unstorable",
] as const;
export type RejectCode = (typeof rejectCodes)[number];

export type Reject = { readonly line: number; readonly code: RejectCode; readonly message: string };
/** The same before it is known which line it is. */
export type Fault = Omit<Reject, "line">;

export function fault(code: RejectCode, message: string): { readonly fault: Fault } {
  return { fault: { code, message } };
}
