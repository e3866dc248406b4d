import type { Job } from "./lib/jobs/job";
import type { JobName } from "./lib/jobs/job-names";
import { smtpMailer } from "./lib/notices/server/mailer";
import { noticeMail } from "./lib/notices/server/notice-mail";
import { webhookDeliveries } from "./lib/notices/server/webhook-deliveries";
import type { Settings } from "./lib/server/settings";
import { recheckReviews } from "./lib/versions/server/recheck-reviews";

const idle: Job = async () => undefined;

/** What goes on without a person, by name. */
export function serverJobs({ mail, publicUrl, webhooksMayBePrivate }: Settings): Record<JobName, Job> {
  return {
    "release-schedules": idle,
    "rollout-plans": idle,
    "notice-mail": mail && publicUrl ? noticeMail({ mailer: smtpMailer(mail), address: publicUrl }) : idle,
    "webhook-deliveries": webhookDeliveries({ mayBePrivate: webhooksMayBePrivate }),
    "recheck-reviews": recheckReviews,
    "break-glass-reminders": idle,
  };
}
