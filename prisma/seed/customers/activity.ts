import type { Random } from "../random";
import type { Plan, Subscription } from "./subscription";

export type Activity = {
  /** Days since the last order; absent for those who never ordered. */
  lastOrderDays?: number;
  lastSeenDays: number;
  orders90d: number;
  tickets90d: number;
  failedPayments30d: number;
  overdueInvoices: number;
  paymentMethod?: PaymentMethod;
  apiCalls7d?: number;
  /** Days since a sign-in from a device never seen before; absent without one in the last year. */
  newDeviceDays?: number;
  referrals365d: number;
};

const paymentMethods = ["card", "paypal", "sepa_debit", "invoice", "bank_transfer", "wallet"] as const;
type PaymentMethod = (typeof paymentMethods)[number];

const daysBetweenOrders = {
  free: 70,
  starter: 45,
  pro: 32,
  business: 21,
  premium: 24,
  enterprise: 12,
} as const satisfies Record<Plan, number>;

const apiShares = {
  free: 0.05,
  starter: 0.09,
  pro: 0.42,
  business: 0.61,
  premium: 0.07,
  enterprise: 0.93,
} as const satisfies Record<Plan, number>;

export function drawActivity(random: Random, subscription: Subscription): Activity {
  const { plan, tenureDays, business } = subscription;
  const hasOrdered = random.chance(plan === "free" ? 0.31 : 0.97);
  const rhythm = daysBetweenOrders[plan] * random.logNormal(1, 0.5);
  const lapsedFor = random.chance(0.26) ? random.exponential(210) : 0;
  const lastOrderDays = hasOrdered ? Math.min(random.exponential(rhythm) + lapsedFor, tenureDays) : undefined;
  const pays = hasOrdered || plan !== "free";
  const paymentMethod = pays ? drawPaymentMethod(random, business) : undefined;
  const orders90d =
    lastOrderDays === undefined || lastOrderDays > 90
      ? 0
      : 1 + Math.floor(random.exponential((90 - lastOrderDays) / rhythm));
  return {
    lastOrderDays,
    lastSeenDays: Math.min(random.exponential(lapsedFor > 0 ? 60 : 5), lastOrderDays ?? tenureDays),
    orders90d,
    tickets90d: Math.floor(random.exponential(business ? 0.9 : 0.45)),
    failedPayments30d:
      pays && random.chance(paymentMethod === "card" ? 0.075 : 0.03) ? 1 + Math.floor(random.exponential(0.9)) : 0,
    overdueInvoices: paymentMethod === "invoice" && random.chance(0.19) ? 1 + Math.floor(random.exponential(0.8)) : 0,
    paymentMethod,
    apiCalls7d: random.chance(apiShares[plan]) ? drawApiCalls(random, plan) : undefined,
    newDeviceDays: random.chance(0.37) ? Math.min(random.exponential(75), tenureDays) : undefined,
    referrals365d: random.chance(0.09) ? 1 + Math.floor(random.exponential(1.1)) : 0,
  };
}

function drawPaymentMethod(random: Random, business: boolean): PaymentMethod {
  return business
    ? random.weighted({ card: 38, invoice: 36, sepa_debit: 16, bank_transfer: 10 })
    : random.weighted({ card: 57, paypal: 20, sepa_debit: 12, wallet: 8, bank_transfer: 3 });
}

function drawApiCalls(random: Random, plan: Plan): number {
  return Math.round(random.logNormal(plan === "enterprise" ? 620_000 : plan === "business" ? 90_000 : 4_200, 1.3));
}
