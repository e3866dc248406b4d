/** Work that goes on without a person: each looks for what is due and settles it. */
export const jobNames = [
  "release-schedules",
  "rollout-plans",
  "notice-mail",
  "webhook-deliveries",
  "recheck-reviews",
  "break-glass-reminders",
  "membership-clock",
  "membership-retention",
  "erasures",
  "score-overrides",
  "score-measures",
  "consumer-lag",
  "key-expiry",
] as const;
export type JobName = (typeof jobNames)[number];

/** When each looks although nobody woke it, as in cron, UTC. */
export const sweeps = {
  "release-schedules": "* * * * *",
  "rollout-plans": "* * * * *",
  "notice-mail": "* * * * *",
  "webhook-deliveries": "* * * * *",
  "recheck-reviews": "7 * * * *",
  "break-glass-reminders": "* * * * *",
  "membership-clock": "* * * * *",
  "membership-retention": "23 3 * * *",
  erasures: "* * * * *",
  "score-overrides": "* * * * *",
  "score-measures": "41 2 * * *",
  "consumer-lag": "* * * * *",
  "key-expiry": "* * * * *",
} as const satisfies Record<JobName, string>;

export function isJobName(name: string): name is JobName {
  return (jobNames as readonly string[]).includes(name);
}
