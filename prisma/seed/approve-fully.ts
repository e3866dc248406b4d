import type { Context } from "../../lib/server/context";
import type { Approvals } from "../../lib/versions/contract";
import { recordVerdict } from "../../lib/versions/server/record-verdict";
import { reviewView } from "../../lib/versions/server/review-view";
import { type Cast, requireActor } from "./create-people";
import type { DemoPersonKey } from "./people";

const approvers = {
  reviewer: ["reviewer", "reviewer2"],
  privacy: ["privacy"],
  operator: ["operator"],
} as const satisfies Record<Approvals["required"][number]["role"], readonly DemoPersonKey[]>;

const comments = {
  reviewer: "Read it as well, as so many move.",
  privacy: "The purpose covers the personal data that it uses.",
  operator: "The systems that read it are ready.",
} as const satisfies Record<keyof typeof approvers, string>;

/** Whoever else is asked for approves too, on what it stands on by then. */
export async function approveFully(ctx: Context, cast: Cast, id: string): Promise<void> {
  for (;;) {
    const { version, approvals } = await reviewView(ctx, id);
    const missing = approvals.required.find(({ count, given }) => given < count);
    if (!missing || version.state === "released") return;
    const { contentHash } = version;
    const spoken = approvals.verdicts.flatMap(({ person, counts }) => (counts ? [person.id] : []));
    const next = approvers[missing.role].find((key) => !spoken.includes(requireActor(cast, key).id));
    if (!next) throw new Error(`Nobody is left to approve as ${missing.role}.`);
    const verdict = { id, contentHash, verdict: "approve", basis: approvals.basis } as const;
    await recordVerdict({ ...ctx, actor: requireActor(cast, next) }, { ...verdict, comment: comments[missing.role] });
  }
}
