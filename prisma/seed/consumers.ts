import type { ConsumerKeyItem } from "../../lib/feed/contract";
import type { Delivery } from "../../lib/feed/lag";
import type { ReadFormat } from "../../lib/rules/formats";
import type { DemoTeam } from "./people";

type KeyRight = ConsumerKeyItem["rights"][number];

export type DemoConsumer = {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly team: DemoTeam;
  /** Steward's own tree unless said. */
  readonly format?: ReadFormat;
  /** Polling once a minute unless said. */
  readonly delivery?: Delivery;
  readonly pollSeconds?: number;
  readonly keys: readonly DemoKey[];
};

export type DemoKey = {
  readonly environment: "production" | "staging";
  readonly regions: string[];
  readonly purposes: string[];
  readonly rights: KeyRight[];
};

const everywhere = ["eu", "uk", "us", "ca", "apac"];

export const demoConsumers: readonly DemoConsumer[] = [
  {
    key: "gateway-eu",
    name: "API gateway, Europe",
    description: "Sets rate limits and pools for each request; evaluates definitions itself.",
    team: "platform",
    delivery: "stream",
    keys: [
      {
        environment: "production",
        regions: ["eu", "uk"],
        purposes: ["contract", "fraud_prevention", "legal_duty", "service_improvement"],
        rights: ["definitions", "receipts"],
      },
      {
        environment: "staging",
        regions: ["eu", "uk"],
        purposes: ["contract", "fraud_prevention", "legal_duty", "service_improvement"],
        rights: ["definitions", "receipts"],
      },
    ],
  },
  {
    key: "flags",
    name: "Flag service",
    description: "Turns segments into feature flags of web and mobile.",
    team: "platform",
    delivery: "stream",
    keys: [
      {
        environment: "production",
        regions: everywhere,
        purposes: ["contract", "personalisation", "service_improvement"],
        rights: ["definitions", "receipts"],
      },
      {
        environment: "staging",
        regions: everywhere,
        purposes: ["contract", "personalisation", "service_improvement"],
        rights: ["definitions", "members", "receipts"],
      },
    ],
  },
  {
    key: "experiments",
    name: "Experiments",
    description: "Feature flags of what is being tried, through flagd.",
    team: "platform",
    format: "flagd",
    pollSeconds: 3_600,
    keys: [
      {
        environment: "production",
        regions: everywhere,
        purposes: ["service_improvement"],
        rights: ["definitions", "receipts"],
      },
    ],
  },
  {
    key: "risk-engine",
    name: "Risk engine",
    description: "Judges payments with rules of its own, ours among them.",
    team: "risk",
    format: "jsonlogic",
    pollSeconds: 900,
    keys: [
      {
        environment: "production",
        regions: everywhere,
        purposes: ["fraud_prevention", "legal_duty"],
        rights: ["definitions", "receipts"],
      },
    ],
  },
  {
    key: "mail-sender",
    name: "Mail sender",
    description: "Sends newsletters and reminders to members.",
    team: "growth",
    pollSeconds: 3_600,
    keys: [
      {
        environment: "production",
        regions: everywhere,
        purposes: ["marketing", "personalisation", "billing"],
        rights: ["definitions", "members", "receipts"],
      },
    ],
  },
  {
    key: "support-desk",
    name: "Support desk",
    description: "Shows an agent what a customer is entitled to.",
    team: "support",
    keys: [
      {
        environment: "production",
        regions: everywhere,
        purposes: ["contract", "billing", "fraud_prevention"],
        rights: ["definitions", "customers"],
      },
    ],
  },
  {
    key: "billing-core",
    name: "Billing",
    description: "Applies price lists, reminders and retries at invoice time.",
    team: "billing",
    pollSeconds: 3_600,
    keys: [
      {
        environment: "production",
        regions: everywhere,
        purposes: ["billing", "contract"],
        rights: ["definitions", "members", "receipts"],
      },
    ],
  },
  {
    key: "crm",
    name: "CRM",
    description: "Sends customers, what they order and what they agree to, as it happens.",
    team: "growth",
    keys: [
      {
        environment: "production",
        regions: everywhere,
        purposes: ["contract"],
        rights: ["ingest"],
      },
    ],
  },
];
