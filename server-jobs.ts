import { eraseCustomers } from "./lib/customers/server/erase-customers";
import { getEngine } from "./lib/engine/server/engine-instance";
import { watchConsumers } from "./lib/feed/server/consumers/alerts";
import { retireKeys } from "./lib/feed/server/consumers/retire-keys";
import type { Job } from "./lib/jobs/job";
import type { JobName } from "./lib/jobs/job-names";
import { compactLog } from "./lib/membership/server/compact-log";
import { followClock } from "./lib/membership/server/follow-clock";
import { getFollower } from "./lib/membership/server/follower";
import { smtpMailer } from "./lib/notices/server/mailer";
import { noticeMail } from "./lib/notices/server/notice-mail";
import { webhookDeliveries } from "./lib/notices/server/webhook-deliveries";
import { advancePlans } from "./lib/releases/server/advance-plans";
import { fireDueSchedules } from "./lib/releases/server/fire-due-schedules";
import { remindBreakGlass } from "./lib/releases/server/remind-break-glass";
import { expireOverrides } from "./lib/scores/server/hold-overrides";
import { measureScores } from "./lib/scores/server/measure-scores";
import type { Settings } from "./lib/server/settings";
import { recheckReviews } from "./lib/versions/server/recheck-reviews";

const idle: Job = async () => undefined;

/** What goes on without a person, by name. */
export function serverJobs({ mail, membershipDays, publicUrl, webhooksMayBePrivate }: Settings): Record<JobName, Job> {
  return {
    "release-schedules": fireDueSchedules,
    "rollout-plans": advancePlans,
    "notice-mail": mail && publicUrl ? noticeMail({ mailer: smtpMailer(mail), address: publicUrl }) : idle,
    "webhook-deliveries": webhookDeliveries({ mayBePrivate: webhooksMayBePrivate }),
    "recheck-reviews": recheckReviews,
    "break-glass-reminders": remindBreakGlass,
    "membership-clock": followClock,
    "membership-retention": compactLog(membershipDays),
    erasures: eraseCustomers(getEngine),
    "score-overrides": expireOverrides(() => ({ engine: getEngine(), touch: getFollower().touch })),
    "score-measures": measureScores(getEngine),
    "consumer-lag": watchConsumers,
    "key-expiry": retireKeys,
  };
}
