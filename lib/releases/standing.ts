import type { releaseKinds } from "./contract";
import type { Standing } from "./overview-contract";

type Served = {
  readonly kind: (typeof releaseKinds)[number];
  readonly rolloutPercent: number;
  readonly revision: number;
  readonly createdAt: Date;
  readonly version: { readonly number: number };
  readonly state: Standing["state"];
};

/** Where a segment stands in an environment, given the release that is current there. */
export function standingIn(environment: string, served: Served | undefined): Standing {
  if (!served) {
    return {
      ...{ environment, standing: "never", state: "active" },
      ...{ version: null, rolloutPercent: null, revision: null, since: null },
    };
  }
  const { kind, rolloutPercent, revision, createdAt, version, state } = served;
  return {
    environment,
    standing: kind === "kill" ? "killed" : rolloutPercent < 100 ? "canary" : "live",
    state,
    version: version.number,
    rolloutPercent,
    revision,
    since: createdAt.toISOString(),
  };
}
