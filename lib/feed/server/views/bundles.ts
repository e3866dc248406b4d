import { celBundle } from "../../cel-bundle";
import { flagdBundle } from "../../flagd-bundle";
import { scopeName } from "../../scope";
import type { BundleFormat, FeedDefinition } from "../../wire";
import { type About, type Representation, represent } from "./representation";
import type { ServedScope } from "./served-scope";

const formats: Record<
  BundleFormat,
  (environment: string, revision: number, definitions: readonly FeedDefinition[]) => object
> = {
  tree: (environment, revision, segments) => ({ environment, revision, segments }),
  flagd: flagdBundle,
  cel: celBundle,
};

/** What a scope is served, in a format. */
export function representBundle(
  format: BundleFormat,
  { scope, revision, served }: ServedScope,
  more: Pick<About, "cacheControl"> = {},
): Representation {
  const definitions = served.map(({ definition }) => definition);
  return represent(formats[format](scope.environment, revision, definitions), {
    ...more,
    scope: scopeName(scope),
    revision,
  });
}
