import type { z } from "zod";
import type { Context } from "../../server/context";
import type { Released, releaseVersionSchema } from "../contract";
import { type ReleaseTerms, serveVersion } from "./serve-version";

export type ReleaseVersionInput = Pick<z.output<typeof releaseVersionSchema>, "environment" | "rollout"> & {
  readonly id: string;
};

/** Serves a version that has what the environment asks for, to all customers or to a share of them. */
export async function releaseVersion(
  ctx: Context,
  { id, environment, rollout = 100 }: ReleaseVersionInput,
  terms: ReleaseTerms = {},
): Promise<Released> {
  return serveVersion(ctx, { id, environment, rollout, kind: "release", reason: "" }, terms);
}
