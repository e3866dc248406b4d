export type KeyTimes = {
  /** From then on it signs, until one that begins later does. */
  readonly signsFrom: Date;
  /** Until then readers are told of it; null for the newest. */
  readonly knownUntil: Date | null;
};

const [minuteMs, hourMs] = [60_000, 3_600_000];
/** So long readers can learn of a key before it signs. */
const publishedForMs = 10 * minuteMs;
/** Beyond the hours that a head holds: it is made to hold up to one more, and clocks differ. */
const knownBeyondMs = 2 * hourMs;

/** From when the next key signs that is made at an instant, and until when the one before it is known. */
export function rotationAt(now: Date, hours: number): { readonly signsFrom: Date; readonly knownUntil: Date } {
  const signsFrom = new Date(now.getTime() + publishedForMs);
  return { signsFrom, knownUntil: new Date(signsFrom.getTime() + hours * hourMs + knownBeyondMs) };
}

/** What readers are told of at an instant (milliseconds): the key that signs, then the others, the newest first. */
export function knownKeys<Key extends KeyTimes>(keys: readonly Key[], at: number): Key[] {
  const known = keys
    .filter(({ knownUntil }) => knownUntil === null || knownUntil.getTime() > at)
    .sort((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime());
  // Where the clock of whoever made the first is ahead, that one signs all the same.
  const signing = known.find(({ signsFrom }) => signsFrom.getTime() <= at) ?? known.at(-1);
  return signing ? [signing, ...known.filter((key) => key !== signing)] : [];
}
