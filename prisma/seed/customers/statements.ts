import type { ConsentState, ConsentStatement } from "../../../lib/engine/customer-records";
import type { Profile } from "../../../lib/rules/definition";
import { scramble } from "../random";

const hour = 3_600_000;
const sources = ["website", "website", "app", "call centre"] as const;

/**
 * What a customer said of purposes, so that it comes to the consents and objections of their profile: most when they
 * signed up, some took it back in the settings soon after. `before` is when those signed up of whom nobody knows.
 */
export function statementsOf({ id, attributes, consents, objections }: Profile, before: number): ConsentStatement[] {
  const signedUp = typeof attributes.signed_up_at === "number" ? attributes.signed_up_at : before;
  const mixed = scramble(Number.parseInt(id.slice(2), 16));
  const source = sources[mixed % sources.length] ?? "website";
  const text = `privacy-${new Date(signedUp).getUTCFullYear()}`;
  const said = (purpose: string, state: ConsentState, at: number): ConsentStatement => {
    return { customerId: id, purpose, state, at, source, text };
  };
  const tookBack = !consents.includes("marketing") && !objections.includes("marketing") && mixed % 7 === 0;
  return [
    ...consents.map((purpose) => said(purpose, "granted", signedUp)),
    ...objections.map((purpose) => said(purpose, "objected", signedUp + hour)),
    ...(tookBack
      ? [
          said("marketing", "granted", signedUp),
          { ...said("marketing", "withdrawn", signedUp + 2 * hour), source: "settings" },
        ]
      : []),
  ];
}
