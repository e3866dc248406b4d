import { formatInstant } from "@/components/ui/instant-format";
import type { CustomerLookup } from "@/lib/customers/contract";

/** Plain text to paste into a ticket: no attribute values, only segments, reasons and treatments. */
export function ticketSummary(lookup: CustomerLookup): string {
  const lines = [
    `Customer ${lookup.customer.id}, ${lookup.environment} r${lookup.revision}, as of ${formatInstant(lookup.asOf)}`,
    "",
    lookup.segments.length === 0 ? "In no segment." : "In:",
    ...lookup.segments.map(({ name, version, reason }) => `- ${name} v${version}: ${reason.summary}`),
  ];
  if (lookup.nearMisses.length > 0) {
    lines.push("", "Almost, or denied:");
    lines.push(...lookup.nearMisses.map(({ name, version, because }) => `- ${name} v${version}: ${because}`));
  }
  if (lookup.treatments.length > 0) {
    lines.push("", "Gets:");
    lines.push(...lookup.treatments.map(({ name, value, from }) => `- ${name} = ${value} (${from.name})`));
  }
  return lines.join("\n");
}
