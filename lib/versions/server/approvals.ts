import { toPersonSummary } from "../../access/server/person-summary";
import type { Approvals } from "../contract";
import { basisName } from "../review-basis";
import { barOf } from "../review-policy";
import { type ReviewFacts, tallyIn, toReviewer } from "./review-facts";

/** What production asks for, and whose verdicts count. */
export function approvalsOf(facts: ReviewFacts): Approvals {
  const { content, verdicts, writers, basis, policies } = facts;
  const counted = tallyIn(facts.production, facts);
  return {
    required: counted.asks.map(({ role, count, ownerTeam, given, because }) => ({
      ...{ role, count, ownerTeam, because: [...because] },
      given: given.length,
    })),
    complete: counted.complete,
    basis: basisName(basis, policies),
    verdicts: verdicts.map(({ id, row }) => {
      const whyNot = counted.whyNot.get(id) ?? null;
      const { verdict, comment, contentHash, reviewCycle } = row;
      return {
        ...{ id, verdict, comment, contentHash, reviewCycle, whyNot },
        person: toPersonSummary(row.person),
        createdAt: row.createdAt.toISOString(),
        counts: whyNot === null,
      };
    }),
    notCounted: writers.map((person) => ({
      person: toPersonSummary(person),
      because: barOf(toReviewer(person), content)?.because ?? "contributed since the live version",
    })),
  };
}
