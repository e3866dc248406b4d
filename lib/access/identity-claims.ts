import { z } from "zod";

/** What an identity provider says of somebody who signs in. */
export type IdentityClaims = {
  readonly sub: string;
  readonly email: string | null;
  /** Null where the provider says neither. */
  readonly emailVerified: boolean | null;
  readonly name: string | null;
  /** Empty too where the claim is absent. */
  readonly groups: readonly string[];
  readonly team: string | null;
};

/** Where the groups and the team are: a claim's name, or a path to one in a claim, as "realm_access.roles". */
export type ClaimPlaces = { readonly groups: string; readonly team?: string | undefined };

const claimsSchema = z.looseObject({
  sub: z.string().min(1).max(255),
  email: z
    .email()
    .max(254)
    .nullable()
    .catch(null)
    .transform((email) => email?.toLowerCase() ?? null)
    .default(null),
  /** Some providers send the word in place of the value. */
  email_verified: z.union([z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"] })]).optional(),
  name: z.string().trim().min(1).max(120).optional().catch(undefined),
  preferred_username: z.string().trim().min(1).max(120).optional().catch(undefined),
});

const groupsSchema = z.union([z.array(z.string()), z.string().transform((group) => [group])]).catch([]);
const teamKeySchema = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);

/** Null where nobody is named, or where it cannot be told whether the e-mail is verified. */
export function readIdentityClaims(claims: unknown, places: ClaimPlaces): IdentityClaims | null {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return null;
  const { sub, email, email_verified: emailVerified = null, name, preferred_username: userName } = parsed.data;
  return {
    sub,
    email,
    emailVerified,
    name: name ?? userName ?? email,
    groups: groupsSchema.parse(claimAt(parsed.data, places.groups)),
    team: places.team === undefined ? null : teamIn(claimAt(parsed.data, places.team)),
  };
}

/** A claim of exactly that name comes first: names of claims may hold dots themselves. */
export function claimAt(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split(".").reduce<unknown>((value, step) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    return Reflect.get(value, step);
  }, claims);
}

/** A team's key, or null where the claim holds none that could be one. */
function teamIn(value: unknown): string | null {
  const given = Array.isArray(value) ? value[0] : value;
  if (typeof given !== "string") return null;
  const parsed = teamKeySchema.safeParse(given.trim().toLowerCase().replaceAll(" ", "-"));
  return parsed.success ? parsed.data : null;
}
