import type { RoundCustomers } from "../catalogue/small-cells";
import type { Preview } from "./contract";

/** Every number of customers in a preview, as it is told to one actor; findings come with theirs rounded already. */
export function roundPreview(preview: Preview, round: RoundCustomers): Preview {
  const { impact, denied, byRegion, funnel } = preview;
  return {
    ...preview,
    population: round(preview.population),
    matched: round(preview.matched),
    included: round(preview.included),
    excluded: round(preview.excluded),
    denied: { consent: round(denied.consent), region: round(denied.region) },
    lost: preview.lost.map((loss) => ({ ...loss, customers: round(loss.customers) })),
    members: round(preview.members),
    // Only regions with members are in it, so one that is told as empty would not be.
    byRegion: byRegion.flatMap(({ region, members }) =>
      round(members) > 0 ? { region, members: round(members) } : [],
    ),
    funnel: funnel.map((step) => ({
      ...step,
      alone: round(step.alone),
      cumulative: round(step.cumulative),
      missing: round(step.missing),
    })),
    ...(impact && {
      impact: {
        entering: round(impact.entering),
        leaving: round(impact.leaving),
        staying: round(impact.staying),
        byCause: impact.byCause.map(({ cause, entering, leaving }) => ({
          cause,
          entering: round(entering),
          leaving: round(leaving),
        })),
        samples: { entering: [], leaving: [] },
        live: { version: impact.live.version, members: round(impact.live.members) },
      },
    }),
  };
}
