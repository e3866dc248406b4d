import type { Head } from "./signed-head";
import { StewardError } from "./steward-error";

export type Expected = {
  readonly environment: string;
  /** The scope's id; null before the first head. */
  readonly scope: string | null;
  /** What is in use; null where nothing is. */
  readonly active: Pick<Head, "revision" | "released"> | null;
  readonly mostBytes: number;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
};

/** Refuses a head that is truly the feed's, but not for this reader, or not for now. */
export function checkHead(head: Head, expected: Expected): void {
  checkPlace(head, expected);
  const { active, mostBytes, now } = expected;
  if (head.expiresAt <= now) {
    const expiry = new Date(head.expiresAt).toISOString();
    throw new StewardError("expired-head", `The head was to be believed until ${expiry}.`);
  }
  if (active && (head.revision < active.revision || head.released < active.released)) {
    const [came, known] = [head, active].map(({ revision, released }) => `revision ${revision}, released ${released}`);
    throw new StewardError("older-revision", `The head is of ${came}; known is ${known}.`);
  }
  if (head.bundle.bytes > mostBytes) {
    const message = `The bundle has ${head.bundle.bytes} bytes, and may have ${mostBytes}: raise maxBytes.`;
    throw new StewardError("oversized", message);
  }
}

export function checkPlace(head: Head, { environment, scope }: Pick<Expected, "environment" | "scope">): void {
  if (head.environment !== environment) {
    const message = `The head is of environment "${head.environment}", not of "${environment}".`;
    throw new StewardError("foreign-scope", message);
  }
  if (scope !== null && head.scope !== scope) {
    const message = `The head is of scope ${head.scope}, not of ${scope}. If the key's scope was changed, connect with that scope.`;
    throw new StewardError("foreign-scope", message);
  }
}
