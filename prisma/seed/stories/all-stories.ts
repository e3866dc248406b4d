import { dunning, paymentRetry, renewal } from "./billing";
import { blackFriday, partnerOffer, referral } from "./campaigns";
import { dormant, newsletter, trialDay } from "./growth";
import { earlyAccess, topSpenders } from "./partners";
import { highVolume, instantPayouts, newCheckout, overQuota, secondFactor } from "./platform";
import { loyal, priceTest, studentDiscount, studentDiscountNextYear, surcharge } from "./pricing";
import type { Step, StoryContext } from "./story";
import { accessibleSupport, detractors, supportQueue } from "./support";
import { fraudHold, residency } from "./trust";
import { winback } from "./winback";

/** Each tells how one segment came to where it stands; together they show every state that a list knows. */
export const stories: readonly ((context: StoryContext) => Step[])[] = [
  newsletter,
  dormant,
  winback,
  blackFriday,
  trialDay,
  referral,
  partnerOffer,
  loyal,
  studentDiscount,
  studentDiscountNextYear,
  priceTest,
  surcharge,
  dunning,
  paymentRetry,
  renewal,
  highVolume,
  overQuota,
  newCheckout,
  secondFactor,
  instantPayouts,
  fraudHold,
  residency,
  supportQueue,
  accessibleSupport,
  detractors,
  earlyAccess,
  topSpenders,
];

/** Everything that happened, in the order in which it happened. */
export function allSteps(context: StoryContext): Step[] {
  return stories.flatMap((story) => story(context)).sort((a, b) => a.at - b.at);
}
