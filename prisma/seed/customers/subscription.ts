import type { Random } from "../random";

export const plans = ["free", "starter", "pro", "business", "premium", "enterprise"] as const;
export type Plan = (typeof plans)[number];

export type Subscription = {
  plan: Plan;
  business: boolean;
  student: boolean;
  /** Days since the customer signed up. */
  tenureDays: number;
  monthlySpend: number;
  /** Days until the contract ends, negative when it has; absent without a term. */
  contractLeftDays?: number;
  /** Percent; only what sales agreed in writing. */
  negotiatedDiscount?: number;
};

type PlanTraits = { monthlySpend: number; spread: number; withTerm: number; withDiscount: number };

const traits = {
  free: { monthlySpend: 0, spread: 0, withTerm: 0, withDiscount: 0 },
  starter: { monthlySpend: 11, spread: 0.25, withTerm: 0, withDiscount: 0 },
  pro: { monthlySpend: 32, spread: 0.4, withTerm: 0.06, withDiscount: 0.01 },
  business: { monthlySpend: 185, spread: 0.6, withTerm: 0.55, withDiscount: 0.18 },
  premium: { monthlySpend: 54, spread: 0.35, withTerm: 0.2, withDiscount: 0.02 },
  enterprise: { monthlySpend: 1_450, spread: 0.7, withTerm: 0.95, withDiscount: 0.71 },
} as const satisfies Record<Plan, PlanTraits>;

const planShares = {
  private: { free: 50, starter: 21, pro: 12, premium: 16, business: 1, enterprise: 0 },
  student: { free: 62, starter: 27, pro: 7, premium: 4, business: 0, enterprise: 0 },
  business: { free: 15, starter: 17, pro: 25, business: 29, premium: 4, enterprise: 10 },
} as const satisfies Record<string, Record<Plan, number>>;

const longestTenureDays = 2_600;

export function drawSubscription(random: Random): Subscription {
  const business = random.chance(0.17);
  const student = !business && random.chance(0.11);
  const plan = random.weighted(planShares[business ? "business" : student ? "student" : "private"]);
  const { monthlySpend, spread, withTerm, withDiscount } = traits[plan];
  const tenureDays = longestTenureDays * (student ? 0.45 : 1) * random.unit() ** 1.15;
  const buysOnTheSide = plan === "free" && random.chance(0.16);
  return {
    plan,
    business,
    student,
    tenureDays,
    monthlySpend: cents(buysOnTheSide ? random.logNormal(7, 0.6) : random.logNormal(monthlySpend, spread)),
    ...(random.chance(withTerm) ? { contractLeftDays: random.unit() * 420 - 25 } : {}),
    ...(random.chance(withDiscount) ? { negotiatedDiscount: random.integer(1, 8) * 2.5 } : {}),
  };
}

export function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
