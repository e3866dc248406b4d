import type { AttributeValue, Profile } from "../../../lib/rules/definition";
import { type Calendar, calendarOf } from "../calendar";
import { type Random, scramble, seededRandom } from "../random";
import { type Activity, drawActivity } from "./activity";
import { drawConsents } from "./consents";
import { drawIdentity } from "./identity";
import { drawResidence } from "./residence";
import { drawScores } from "./scores";
import { cents, drawSubscription, type Subscription } from "./subscription";

export type CustomerOptions = { seed: number; count: number; now: Date };

const interests = [
  "cycling",
  "running",
  "cooking",
  "gardening",
  "music",
  "travel",
  "photography",
  "gaming",
  "fashion",
  "home",
] as const;
const devices = ["ios", "android", "web", "desktop", "tv"] as const;
const accessibilityNeeds = ["screen_reader", "large_text", "captions", "relay_calls"] as const;

/** The demo's customers: the same for the same seed and day; the first thousand do not depend on how many follow. */
export function generateCustomers({ seed, count, now }: CustomerOptions): Profile[] {
  const random = seededRandom(seed);
  const calendar = calendarOf(now);
  return Array.from({ length: count }, (_, index) => drawCustomer(random, calendar, customerId(seed, index)));
}

function customerId(seed: number, index: number): string {
  return `c_${scramble(Math.imul(seed, 0x9e3779b1) + index)
    .toString(16)
    .padStart(8, "0")}`;
}

function drawCustomer(random: Random, calendar: Calendar, id: string): Profile {
  const { home, country, language, region } = drawResidence(random);
  const subscription = drawSubscription(random);
  const activity = drawActivity(random, subscription);
  const scores = drawScores(random, subscription, activity);
  const attributes = withoutMissing({
    ...drawIdentity(random, home, id),
    country: random.chance(0.99) ? country : undefined,
    language: random.chance(0.95) ? language : undefined,
    ...subscriptionAttributes(random, calendar, subscription),
    ...activityAttributes(random, calendar, activity),
    churn_score: scores.churn,
    fraud_score: scores.fraud,
    nps: scores.nps,
    interests: random.chance(0.76) ? drawSome(random, interests, random.integer(0, 4)) : undefined,
    devices: random.chance(0.91) ? drawSome(random, devices, 1 + Math.floor(random.exponential(0.7))) : undefined,
    accessibility_needs: random.chance(0.018) ? drawSome(random, accessibilityNeeds, 1) : undefined,
    two_factor: random.chance(0.985) ? random.chance(subscription.business ? 0.64 : 0.31) : undefined,
  });
  return { id, ...(region === undefined ? {} : { region }), ...drawConsents(random, home), attributes };
}

function subscriptionAttributes(random: Random, calendar: Calendar, subscription: Subscription) {
  const { tenureDays, monthlySpend, contractLeftDays } = subscription;
  return {
    plan: random.chance(0.994) ? subscription.plan : undefined,
    is_business: subscription.business,
    is_student: random.chance(0.93) ? subscription.student : undefined,
    monthly_spend: random.chance(0.98) ? monthlySpend : undefined,
    lifetime_value: random.chance(0.96)
      ? cents((monthlySpend * tenureDays * (0.6 + 0.4 * random.unit())) / 30.44)
      : undefined,
    signed_up_at: random.chance(0.997) ? minutesAgo(calendar, tenureDays) : undefined,
    contract_ends_at: contractLeftDays === undefined ? undefined : minutesAgo(calendar, -contractLeftDays),
    negotiated_discount: subscription.negotiatedDiscount,
  };
}

function activityAttributes(random: Random, calendar: Calendar, activity: Activity) {
  return {
    last_order_at: activity.lastOrderDays === undefined ? undefined : minutesAgo(calendar, activity.lastOrderDays),
    last_seen_at: random.chance(0.97) ? minutesAgo(calendar, activity.lastSeenDays) : undefined,
    orders_90d: random.chance(0.99) ? activity.orders90d : undefined,
    support_tickets_90d: activity.tickets90d,
    payment_method: activity.paymentMethod,
    failed_payments_30d: activity.paymentMethod === undefined ? undefined : activity.failedPayments30d,
    invoices_overdue: activity.paymentMethod === "invoice" ? activity.overdueInvoices : undefined,
    api_calls_7d: activity.apiCalls7d,
    new_device_at: activity.newDeviceDays === undefined ? undefined : minutesAgo(calendar, activity.newDeviceDays),
    referrals_365d: random.chance(0.98) ? activity.referrals365d : undefined,
  };
}

function minutesAgo(calendar: Calendar, days: number): number {
  return Math.floor(calendar.daysAgo(days) / 60_000) * 60_000;
}

function drawSome(random: Random, values: readonly string[], count: number): string[] {
  const left = [...values];
  const drawn: string[] = [];
  while (drawn.length < count && left.length > 0) drawn.push(...left.splice(random.integer(0, left.length - 1), 1));
  return drawn.sort();
}

function withoutMissing(values: Record<string, AttributeValue | undefined>): Record<string, AttributeValue> {
  const present: Record<string, AttributeValue> = {};
  for (const key in values) {
    const value = values[key];
    if (value !== undefined) present[key] = value;
  }
  return present;
}
