import type { Random } from "../random";
import type { Activity } from "./activity";
import type { Subscription } from "./subscription";

export type Scores = {
  /** 0 to 1; absent for newcomers and those whom the nightly run left out. */
  churn?: number;
  fraud?: number;
  /** 0 to 10; absent for whoever did not answer the survey. */
  nps?: number;
};

export function drawScores(random: Random, subscription: Subscription, activity: Activity): Scores {
  const risk = churnRisk(subscription, activity) + random.normal(0, 0.6);
  const churn = logistic(risk);
  const scoredByChurn = subscription.tenureDays > 30 && random.chance(0.93);
  const suspicious = random.chance(activity.newDeviceDays !== undefined && activity.newDeviceDays < 120 ? 0.06 : 0.012);
  const fraud = suspicious ? 0.55 + 0.45 * random.unit() : 0.5 * random.unit() ** 3;
  return {
    ...(scoredByChurn ? { churn: hundredths(churn) } : {}),
    ...(random.chance(0.97) ? { fraud: hundredths(fraud) } : {}),
    ...(random.chance(0.22) ? { nps: drawNps(random, churn) } : {}),
  };
}

function churnRisk({ tenureDays, plan }: Subscription, activity: Activity): number {
  const silence = Math.min((activity.lastOrderDays ?? tenureDays) / 90, 4);
  return (
    -2.9 +
    1.5 * silence +
    0.25 * Math.min(activity.tickets90d, 4) +
    0.4 * Math.min(activity.failedPayments30d, 3) -
    0.15 * Math.min(tenureDays / 365, 5) +
    (plan === "free" ? 0.5 : plan === "enterprise" ? -0.8 : 0)
  );
}

function drawNps(random: Random, churn: number): number {
  return Math.max(0, Math.min(10, Math.round(random.normal(9.2 - 5 * churn, 1.7))));
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
