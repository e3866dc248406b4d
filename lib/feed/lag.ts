import { type HeardInstance, type HeldRevision, presentInstances, slowestHeld } from "../membership/held-revision";

export const deliveries = ["stream", "poll"] as const;
export type Delivery = (typeof deliveries)[number];

/** Unused: never pulled. Catching up: lacks a release, but not for longer than it may. */
export const lagStates = ["unused", "current", "catching-up", "behind", "refused"] as const;
export type LagState = (typeof lagStates)[number];

const streamTargetSeconds = 5;

/** How long a release may take to be active: 5 seconds on a stream, twice the interval of one that polls. */
export function targetSeconds(delivery: Delivery, pollSeconds: number): number {
  return delivery === "stream" ? streamTargetSeconds : 2 * pollSeconds;
}

export type ReadingInstance = HeardInstance & {
  /** Whether it serves what was sent; null where nobody knows. */
  readonly matches: boolean | null;
  readonly refused: number | null;
  readonly refusedAt: number | null;
  readonly reason: string | null;
};

/** What a key's readers said and did. Instants in milliseconds. */
export type Reading = {
  readonly targetSeconds: number;
  readonly pulled: HeldRevision | null;
  readonly instances: readonly ReadingInstance[];
};

export type Refusal = {
  readonly revision: number;
  readonly at: number;
  readonly instance: string;
  readonly reason: string;
};

export type Lag = {
  readonly state: LagState;
  readonly targetSeconds: number;
  /** What its slowest instance serves, of how many that were heard of; null without receipts. */
  readonly activated: (HeldRevision & { readonly instances: number }) | null;
  /** False where an instance serves other bytes than were sent; null where nobody knows. */
  readonly matches: boolean | null;
  /** The releases that it lacks; since the oldest of them. */
  readonly behind: { readonly releases: number; readonly since: number; readonly newest: number } | null;
  /** The newest that still stands. */
  readonly refusal: Refusal | null;
};

/** What a key holds: what its slowest instance activated where one said so, otherwise what was pulled. */
export function heldBy({ targetSeconds, pulled, instances }: Reading) {
  const present = presentInstances(instances, targetSeconds * 1_000);
  const activated = slowestHeld(present);
  return { present, activated, held: activated ?? pulled };
}

/** `releases` are those of the key's environment, oldest first: at least the ones that are newer than what it holds. */
export function lagOf(reading: Reading, releases: readonly HeldRevision[], now: number): Lag {
  const { targetSeconds } = reading;
  const { present, activated, held } = heldBy(reading);
  const refusal = newestRefusal(present);
  const behind = held && lacking(held, releases);
  const facts = {
    ...{ targetSeconds, matches: matching(present), behind, refusal },
    activated: activated && { ...activated, instances: present.length },
  };
  if (refusal) return { state: "refused", ...facts };
  if (!held) return { state: "unused", ...facts };
  if (!behind) return { state: "current", ...facts };
  return { state: now - behind.since > targetSeconds * 1_000 ? "behind" : "catching-up", ...facts };
}

function lacking({ revision }: HeldRevision, releases: readonly HeldRevision[]): Lag["behind"] {
  const lacked = releases.filter((release) => release.revision > revision);
  const [oldest, newest] = [lacked[0], lacked.at(-1)];
  return oldest && newest ? { releases: lacked.length, since: oldest.at, newest: newest.revision } : null;
}

function matching(present: readonly ReadingInstance[]): boolean | null {
  const known = present.map(({ matches }) => matches).filter((matches) => matches !== null);
  return known.length === 0 ? null : known.every(Boolean);
}

function newestRefusal(present: readonly ReadingInstance[]): Refusal | null {
  const refusals = present.flatMap(({ instance, refused, refusedAt, receivedAt, reason }) =>
    refused === null ? [] : [{ revision: refused, at: refusedAt ?? receivedAt, instance, reason: reason ?? "" }],
  );
  return refusals.reduce<Refusal | null>((newest, each) => (newest && newest.at >= each.at ? newest : each), null);
}

type KeyStanding = {
  readonly rights: readonly string[];
  readonly revokedAt: Date | null;
  readonly expiresAt: Date | null;
};

/** Whether the feed still takes it. */
export function isGood({ revokedAt, expiresAt }: Omit<KeyStanding, "rights">, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}

/**
 * Whether a key can lag at all: one that holds definitions or members. Who only asks is told what is so now; one whose
 * successor has pulled is not needed any more.
 */
export function isMeasured(key: KeyStanding, successorHasPulled: boolean, now: Date): boolean {
  const holds = key.rights.includes("definitions") || key.rights.includes("members");
  return holds && !successorHasPulled && isGood(key, now);
}
