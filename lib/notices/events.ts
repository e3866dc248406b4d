/** What is told to endpoints of webhooks. */
export const webhookEvents = [
  "segment.submitted",
  "verdict.recorded",
  "approvals.voided",
  "segment.released",
  "segment.rolled-back",
  "segment.killed",
  "segment.break-glass",
  "schedule.refused",
  "rollout.held",
  "change.proposed",
  "change.decided",
  "comment.added",
  "webhook.test",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];
