import type { Role } from "../../lib/access/permissions";

export const demoPassword = "steward-demo";

export const demoTeams = {
  growth: "Growth team",
  pricing: "Pricing team",
  billing: "Billing team",
  risk: "Risk team",
  platform: "Platform team",
  support: "Support team",
  compliance: "Compliance team",
} as const;
export type DemoTeam = keyof typeof demoTeams;

export type DemoPerson = {
  readonly name: string;
  readonly team: DemoTeam;
  readonly roles: readonly [Role, ...Role[]];
};

export const demoPeople = {
  author: { name: "Maren Holt", team: "growth", roles: ["author"] },
  author2: { name: "Tobias Lindgren", team: "pricing", roles: ["author"] },
  reviewer: { name: "Ifeoma Adeyemi", team: "growth", roles: ["reviewer"] },
  reviewer2: { name: "Lukas Brandt", team: "billing", roles: ["reviewer"] },
  privacy: { name: "Sofia Marchetti", team: "compliance", roles: ["privacy"] },
  operator: { name: "Callum Reid", team: "platform", roles: ["operator"] },
  support: { name: "Aoife Brennan", team: "support", roles: ["support"] },
  viewer: { name: "Jonas Weber", team: "risk", roles: ["viewer"] },
  admin: { name: "Priya Nair", team: "platform", roles: ["admin"] },
} as const satisfies Record<string, DemoPerson>;
export type DemoPersonKey = keyof typeof demoPeople;
export const demoPersonKeys = Object.keys(demoPeople) as DemoPersonKey[];

export function emailOf(person: DemoPersonKey): string {
  return `${person}@demo.steward`;
}
