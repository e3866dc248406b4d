import { formatInstant } from "@/components/ui/instant-format";
import type { CustomerLookup } from "@/lib/customers/contract";

/** Plain text to paste into a ticket: no attribute values, only segments, reasons and treatments. */
export function ticketSummary(lookup: CustomerLookup): string {
  const lines = [
    `Customer ${lookup.customer.id}, ${lookup.environment} r${lookup.revision}, as of ${formatInstant(lookup.asOf)}`,
    "",
    lookup.segments.length === 0 ? "In no segment." : "In:",
    ...lookup.segments.map(({ name, version, reason, since }) =>
      sinceText(`- ${name} v${version}: ${reason.summary}`, since),
    ),
  ];
  if (lookup.nearMisses.length > 0) {
    lines.push("", "Almost, or denied:");
    lines.push(...lookup.nearMisses.map(({ name, version, because }) => `- ${name} v${version}: ${because}`));
  }
  if (lookup.treatments.length > 0) {
    lines.push("", "Gets:");
    lines.push(...lookup.treatments.map(({ name, value, from }) => `- ${name} = ${value} (${from.name})`));
  }
  const behind = lookup.consumers.filter(({ holds }) => holds === "earlier");
  if (behind.length > 0) {
    lines.push("", "Do not have the last change:");
    lines.push(
      ...behind.map(
        ({ name, activatedRevision, pulledRevision }) => `- ${name} (r${activatedRevision ?? pulledRevision})`,
      ),
    );
  }
  return lines.join("\n");
}

function sinceText(line: string, since: string | null): string {
  return since === null ? line : `${line}, since ${formatInstant(since)}`;
}
