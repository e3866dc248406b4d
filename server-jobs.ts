import type { JobName } from "./lib/jobs/job-names";
import type { Job } from "./lib/jobs/queue";

const idle: Job = async () => undefined;

/** What goes on without a person, by name. */
export function serverJobs(): Record<JobName, Job> {
  return {
    "release-schedules": idle,
    "rollout-plans": idle,
    "notice-mail": idle,
    "webhook-deliveries": idle,
    "recheck-reviews": idle,
    "break-glass-reminders": idle,
  };
}
