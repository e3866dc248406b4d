import type { Names } from "@/components/layout/use-names";
import { Facts } from "@/components/ui/facts";
import { formatDay } from "@/components/ui/instant-format";
import { Mono } from "@/components/ui/mono";
import { formatCount } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { TagList } from "@/components/ui/tag";
import type { SegmentOverview } from "@/lib/releases/overview-contract";

/** What it does to a member, and who answers for it. */
export function SegmentFacts({ overview, names }: { readonly overview: SegmentOverview; readonly names: Names }) {
  const { shown, segment } = overview;
  const { treatments, precedence, exclusiveGroup, lifecycle, owner, purposes, tags, criticality } = shown.document;
  const does = Object.entries(treatments);
  const facts = [
    {
      key: "treatments",
      label: "Treatments",
      value:
        does.length === 0
          ? "none"
          : does.map(([key, value]) => (
              <div key={key}>
                <Mono>
                  {key} = {String(value)}
                </Mono>
              </div>
            )),
    },
    {
      key: "precedence",
      label: "Precedence",
      value: exclusiveGroup ? `${precedence} in ${exclusiveGroup}` : String(precedence),
    },
    {
      key: "purposes",
      label: "Purposes",
      value:
        purposes.length === 0 ? (
          "none set"
        ) : (
          <TagList tags={purposes.map((key) => names.purposes.get(key) ?? key)} max={4} />
        ),
    },
    {
      key: "owner",
      label: "Owner",
      value: owner
        ? `${names.teams.get(owner.team) ?? owner.team}, ${names.people.get(owner.person) ?? owner.person}`
        : "nobody",
    },
    { key: "criticality", label: "Criticality", value: criticality },
    {
      key: "review",
      label: "Review due",
      value: segment.reviewDueAt
        ? formatDay(segment.reviewDueAt)
        : `every ${formatCount(lifecycle.reviewEveryDays, "day")} once live`,
    },
    ...(lifecycle.expiresAt ? [{ key: "expires", label: "Expires", value: formatDay(lifecycle.expiresAt) }] : []),
    ...(tags.length > 0 ? [{ key: "tags", label: "Tags", value: <TagList tags={tags} max={8} /> }] : []),
  ];
  return (
    <Section title="What it does" variant="panel">
      <Facts facts={facts} labelWidth={96} />
    </Section>
  );
}
