import { type MembershipCause, membershipCauses, weightier } from "./cause";

/** Who is to be looked at and why; `all` for everybody. */
export type Touches = {
  readonly all: MembershipCause | null;
  readonly customers: ReadonlyMap<string, MembershipCause>;
};

export const noTouches: Touches = { all: null, customers: new Map() };

export function areNone({ all, customers }: Touches): boolean {
  return all === null && customers.size === 0;
}

export function joinTouches(a: Touches, b: Touches): Touches {
  const customers = new Map(a.customers);
  for (const [id, cause] of b.customers) customers.set(id, weightier(cause, customers.get(id) ?? cause));
  return { all: a.all && b.all ? weightier(a.all, b.all) : (a.all ?? b.all), customers };
}

export function touchesOf(customers: readonly string[] | "all", cause: MembershipCause): Touches {
  if (customers === "all") return { all: cause, customers: new Map() };
  return { all: null, customers: new Map(customers.map((id) => [id, cause])) };
}

/** The customers by cause, the weightiest cause first. */
export function byCause({ customers }: Touches): { readonly cause: MembershipCause; readonly customers: string[] }[] {
  const groups = Map.groupBy(customers, ([, cause]) => cause);
  return membershipCauses.flatMap((cause) => {
    const ids = groups.get(cause)?.map(([id]) => id);
    return ids ? [{ cause, customers: ids }] : [];
  });
}
