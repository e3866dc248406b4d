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
  "consumer.behind",
  "consumer.refused",
  "consumer.recovered",
  "webhook.test",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** What people are told. */
export const noticeKinds = [
  "review.requested",
  "verdict.recorded",
  "approvals.voided",
  "comment.added",
  "segment.released",
  "segment.rolled-back",
  "segment.killed",
  "segment.break-glass",
  "break-glass.reminder",
  "break-glass.closed",
  "schedule.fired",
  "schedule.refused",
  "rollout.held",
  "change.proposed",
  "change.decided",
  "consumer.behind",
  "consumer.refused",
  "consumer.recovered",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
