export type KeyTimes = {
  /** From then on it signs, until one that begins later does. */
  readonly signsFrom: Date;
  /** Until then readers are told of it; null for the newest. */
  readonly knownUntil: Date | null;
};

/** What readers are told of at an instant (milliseconds): the key that signs, then the others, the newest first. */
export function knownKeys<Key extends KeyTimes>(keys: readonly Key[], at: number): Key[] {
  const known = keys
    .filter(({ knownUntil }) => knownUntil === null || knownUntil.getTime() > at)
    .sort((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime());
  // Where the clock of whoever made the first is ahead, that one signs all the same.
  const signing = known.find(({ signsFrom }) => signsFrom.getTime() <= at) ?? known.at(-1);
  return signing ? [signing, ...known.filter((key) => key !== signing)] : [];
}
