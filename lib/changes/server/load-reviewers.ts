import type { Database, Transaction } from "../../server/database";
import type { Reviewer } from "../../versions/review-policy";
import { toReviewer } from "../../versions/server/review-facts";

/** Everybody, as far as it matters for who may approve and decide. */
export async function loadReviewers(db: Database | Transaction): Promise<readonly Reviewer[]> {
  return (await db.person.findMany({ orderBy: { id: "asc" } })).map(toReviewer);
}
