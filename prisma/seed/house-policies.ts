import type { z } from "zod";
import type { proposeNewLabelPolicySchema, proposeTransferSchema } from "../../lib/changes/guard-contract";

/** What the demo's house has decided about labels; nothing that is released speaks against it. */
export const demoLabelPolicies: readonly z.input<typeof proposeNewLabelPolicySchema>[] = [
  {
    ...{ key: "special-not-for-marketing", name: "Special categories stay out of marketing", label: "special" },
    description: "What customers tell us about themselves so that we can help them is used for nothing else.",
    when: { purposes: ["marketing", "personalisation"] },
    effect: "refuse",
    reason: "Agreed with the data protection officer.",
  },
  {
    ...{ key: "contacts-stay", name: "Contact data does not leave", label: "no-export" },
    description: "Addresses and telephone numbers are for systems that run where Europe's rules hold.",
    when: { destinations: ["us", "apac"] },
    effect: "refuse",
    reason: "Follows from the transfers that we allow.",
  },
];

/** Where Europe takes data in from. */
export const demoTransfers: readonly z.input<typeof proposeTransferSchema>[] = [
  {
    ...{ from: "uk", to: "eu", allowed: true, ground: "adequacy", note: "The United Kingdom recognises the Union." },
    reason: "The gateway of Europe serves both.",
  },
];

/** Consumers that have said where they run, by key. */
export const demoLocations: Readonly<Record<string, string>> = { "gateway-eu": "eu" };
