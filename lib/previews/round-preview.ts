import type { RoundCustomers } from "../catalogue/small-cells";
import type { Preview } from "./contract";
import { jaccard } from "./jaccard";
import { roundMoney } from "./moved-money";
import { mostSharedFirst } from "./preview-of";

/**
 * Every number of customers in a preview, as it is told to one actor; findings come with theirs rounded already. What is
 * told as nobody is left out where a row says that there is somebody, and rows are put in order anew: neither tells more
 * than the numbers. Samples and members by an attribute hang on more than numbers: they are left out, to be told apart.
 */
export function roundPreview({ byAttribute: _, ...preview }: Preview, round: RoundCustomers): Preview {
  const { impact, overlaps, denied, byRegion, funnel } = preview;
  return {
    ...preview,
    population: round(preview.population),
    matched: round(preview.matched),
    included: round(preview.included),
    excluded: round(preview.excluded),
    denied: { consent: round(denied.consent), region: round(denied.region) },
    lost: preview.lost.map((loss) => ({ ...loss, customers: round(loss.customers) })),
    members: round(preview.members),
    byRegion: byRegion
      .map(({ region, members }) => ({ region, members: round(members) }))
      .filter(({ members }) => members > 0)
      .sort((a, b) => b.members - a.members || (a.region < b.region ? -1 : 1)),
    funnel: funnel.map((step) => ({
      ...step,
      alone: round(step.alone),
      cumulative: round(step.cumulative),
      missing: round(step.missing),
    })),
    ...(impact && { impact: roundImpact(impact, round) }),
    ...(overlaps && { overlaps: roundOverlaps(overlaps, preview.members, round) }),
  };
}

type Impact = NonNullable<Preview["impact"]>;

function roundImpact({ entering, leaving, staying, live, byCause, money }: Impact, round: RoundCustomers): Impact {
  return {
    ...(money && { money: roundMoney(money, { entering, leaving }, round) }),
    entering: round(entering),
    leaving: round(leaving),
    staying: round(staying),
    live: { version: live.version, members: round(live.members) },
    byCause: byCause
      .map((moved) => ({ cause: moved.cause, entering: round(moved.entering), leaving: round(moved.leaving) }))
      .filter((moved) => moved.entering > 0 || moved.leaving > 0),
    samples: { entering: [], leaving: [] },
  };
}

type Overlaps = NonNullable<Preview["overlaps"]>;

function roundOverlaps({ live, compared, items }: Overlaps, own: number, round: RoundCustomers): Overlaps {
  const told = items.flatMap((exact) => {
    const [members, both] = [round(exact.members), round(exact.both)];
    return both === 0 ? [] : { ...exact, members, both, jaccard: jaccard(both, round(own), members) };
  });
  return { live, compared, items: told.sort(mostSharedFirst) };
}
