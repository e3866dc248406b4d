/** Work that goes on without a person: each looks for what is due and settles it. */
export const jobNames = [
  "release-schedules",
  "rollout-plans",
  "notice-mail",
  "webhook-deliveries",
  "recheck-reviews",
  "break-glass-reminders",
] as const;
export type JobName = (typeof jobNames)[number];
