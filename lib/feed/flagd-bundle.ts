import { type FlagdFlag, flagdFlag } from "../rules/flagd";
import type { FeedDefinition } from "./wire";

/** What flagd hands on with each evaluation of a flag. */
type FlagMetadata = Readonly<Record<string, string | number | boolean>>;
type Flag = FlagdFlag & { readonly metadata: FlagMetadata };

export type FlagdBundle = {
  readonly $schema: "https://flagd.dev/schema/v0/flags.json";
  readonly flags: Readonly<Record<string, Flag>>;
  readonly metadata: FlagMetadata;
  readonly cannotSay: Readonly<Record<string, NonNullable<FeedDefinition["cannotSay"]>>>;
};

/** A flag for each segment, on for its members. */
export function flagdBundle(
  environment: string,
  revision: number,
  definitions: readonly FeedDefinition[],
): FlagdBundle {
  const flags = definitions.flatMap((definition): [string, Flag][] => {
    const { key, name, version, hash, precedence, jsonLogic } = definition;
    return jsonLogic ? [[key, { ...flagdFlag(jsonLogic), metadata: { name, version, hash, precedence } }]] : [];
  });
  return {
    $schema: "https://flagd.dev/schema/v0/flags.json",
    flags: Object.fromEntries(flags),
    metadata: { flagSetId: environment, version: String(revision) },
    cannotSay: Object.fromEntries(definitions.flatMap(({ key, cannotSay }) => (cannotSay ? [[key, cannotSay]] : []))),
  };
}
