import { toPersonSummary } from "../../access/server/person-summary";
import type { Approvals } from "../contract";
import { barOf, tally } from "../review-policy";
import type { ReviewFacts } from "./review-facts";
import { toReviewer } from "./review-facts";

export function approvalsOf({ content, verdicts, required, writers }: ReviewFacts): Approvals {
  const counted = tally(verdicts, content, required.count);
  const notCounted = writers.map((person) => ({
    person: toPersonSummary(person),
    because: barOf(toReviewer(person), content)?.because ?? "contributed since the live version",
  }));
  return {
    required: [
      {
        role: "reviewer",
        count: required.count,
        given: counted.given,
        because: `${required.environment} asks for ${required.count}`,
      },
    ],
    complete: counted.complete,
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
    notCounted,
  };
}
