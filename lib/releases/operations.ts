import { operation } from "../http/operation";
import { segmentListQuerySchema } from "../segments/list-query";
import { breakGlassSchema, closeBreakGlassSchema, openBreakGlassListSchema } from "./break-glass-contract";
import { environmentListSchema, killSchema, releasedSchema, releaseVersionSchema, rollBackSchema } from "./contract";
import { signedEvidencePackSchema } from "./evidence-pack-contract";
import { beginFreezeSchema, begunFreezeSchema, freezeListSchema } from "./freeze-contract";
import { blameSchema, comparisonQuerySchema, comparisonSchema, versionLineSchema } from "./history-contract";
import { segmentListSchema, segmentOverviewSchema } from "./overview-contract";
import { changedPlanSchema, holdPlanSchema, planListSchema, planQuerySchema, resumePlanSchema } from "./plan-contract";
import { promotionListSchema, promotionQuerySchema } from "./promotion-contract";
import { scheduledSchema, scheduleListSchema, scheduleQuerySchema } from "./schedule-contract";

export const listSegmentsOperation = operation({
  method: "GET",
  path: "/api/v1/segments",
  summary: "Search, filter, sort and page the segments",
  tag: "segments",
  query: segmentListQuerySchema,
  answer: segmentListSchema,
});

export const segmentOverviewOperation = operation({
  method: "GET",
  path: "/api/v1/segments/{key}",
  summary: "One segment: what is live where, its draft, versions, releases and consumers",
  tag: "segments",
  answer: segmentOverviewSchema,
});

export const versionLineOperation = operation({
  method: "GET",
  path: "/api/v1/segments/{key}/versions",
  summary: "The line of versions, with who wrote and approved each and where it was released",
  tag: "segments",
  answer: versionLineSchema,
});

export const comparisonOperation = operation({
  method: "GET",
  path: "/api/v1/segments/{key}/comparison",
  summary: "Two versions, as v3, or what an environment served at a revision, as r12 for production or staging:r12",
  tag: "segments",
  query: comparisonQuerySchema,
  answer: comparisonSchema,
});

export const segmentBlameOperation = operation({
  method: "GET",
  path: "/api/v1/segments/{key}/blame",
  summary: "Since which version each condition and each field of what is live is there, who wrote and who approved it",
  tag: "segments",
  answer: blameSchema,
});

export const releaseVersionOperation = operation({
  method: "POST",
  path: "/api/v1/versions/{id}/release",
  summary:
    "Release a version to an environment, in full, to a share or in steps; every gate is checked again at this moment. With `at`, 202 with a schedule",
  tag: "releases",
  body: releaseVersionSchema,
  answer: releasedSchema,
  status: 201,
});

export const rollBackOperation = operation({
  method: "POST",
  path: "/api/v1/segments/{key}/rollback",
  summary: "Serve an earlier release of the segment again, as it was served then",
  tag: "releases",
  body: rollBackSchema,
  answer: releasedSchema,
});

export const killSegmentOperation = operation({
  method: "POST",
  path: "/api/v1/segments/{key}/kill",
  summary: "Empty a segment in an environment at once",
  tag: "releases",
  body: killSchema,
  answer: releasedSchema,
});

export const listEnvironmentsOperation = operation({
  method: "GET",
  path: "/api/v1/environments",
  summary: "The environments with their revisions",
  tag: "releases",
  answer: environmentListSchema,
});

export const listSchedulesOperation = operation({
  method: "GET",
  path: "/api/v1/schedules",
  summary: "Releases at an instant: pending ones with what would refuse them now, then those that are settled",
  tag: "releases",
  query: scheduleQuerySchema,
  answer: scheduleListSchema,
});

export const cancelScheduleOperation = operation({
  method: "POST",
  path: "/api/v1/schedules/{id}/cancel",
  summary: "Cancel a release at an instant",
  tag: "releases",
  answer: scheduledSchema,
});

export const listPlansOperation = operation({
  method: "GET",
  path: "/api/v1/plans",
  summary: "Rollouts in steps: those that go on first",
  tag: "releases",
  query: planQuerySchema,
  answer: planListSchema,
});

export const holdPlanOperation = operation({
  method: "POST",
  path: "/api/v1/plans/{id}/hold",
  summary: "Keep a rollout at the share that it has",
  tag: "releases",
  body: holdPlanSchema,
  answer: changedPlanSchema,
});

export const resumePlanOperation = operation({
  method: "POST",
  path: "/api/v1/plans/{id}/resume",
  summary: "Let a rollout go on; 409 with what holds it still. A reason lets new warnings pass",
  tag: "releases",
  body: resumePlanSchema,
  answer: changedPlanSchema,
});

export const cancelPlanOperation = operation({
  method: "POST",
  path: "/api/v1/plans/{id}/cancel",
  summary: "End a rollout at the share that it has",
  tag: "releases",
  body: holdPlanSchema,
  answer: changedPlanSchema,
});

export const breakGlassOperation = operation({
  method: "POST",
  path: "/api/v1/versions/{id}/break-glass",
  summary:
    "Release submitted content without its approvals; every reviewer is told, and somebody else looks at it within a day",
  tag: "releases",
  body: breakGlassSchema,
  answer: releasedSchema,
  status: 201,
});

export const listBreakGlassOperation = operation({
  method: "GET",
  path: "/api/v1/break-glass-reviews",
  summary: "Releases without approvals that nobody has looked at yet",
  tag: "releases",
  answer: openBreakGlassListSchema,
});

export const closeBreakGlassOperation = operation({
  method: "POST",
  path: "/api/v1/releases/{id}/break-glass-review",
  summary: "Say, once, whether a release without its approvals was justified",
  tag: "releases",
  body: closeBreakGlassSchema,
  answer: releasedSchema,
});

export const listFreezesOperation = operation({
  method: "GET",
  path: "/api/v1/environments/{key}/freezes",
  summary: "Times in which nothing is released to an environment",
  tag: "releases",
  answer: freezeListSchema,
});

export const beginFreezeOperation = operation({
  method: "POST",
  path: "/api/v1/environments/{key}/freezes",
  summary: "Release nothing to an environment for a time; rollback, kill switch and break-glass remain",
  tag: "releases",
  body: beginFreezeSchema,
  answer: begunFreezeSchema,
  status: 201,
});

export const listPromotionsOperation = operation({
  method: "GET",
  path: "/api/v1/promotions",
  summary: "Segments of which one environment serves another version than another does",
  tag: "releases",
  query: promotionQuerySchema,
  answer: promotionListSchema,
});

export const evidencePackOperation = operation({
  method: "GET",
  path: "/api/v1/releases/{id}/evidence-pack",
  summary: "Everything that proves one release, as one signed JSON",
  tag: "releases",
  answer: signedEvidencePackSchema,
});

export const releaseOperations = [
  listSegmentsOperation,
  segmentOverviewOperation,
  versionLineOperation,
  comparisonOperation,
  segmentBlameOperation,
  releaseVersionOperation,
  rollBackOperation,
  killSegmentOperation,
  listEnvironmentsOperation,
  listSchedulesOperation,
  cancelScheduleOperation,
  listPlansOperation,
  holdPlanOperation,
  resumePlanOperation,
  cancelPlanOperation,
  breakGlassOperation,
  listBreakGlassOperation,
  closeBreakGlassOperation,
  listFreezesOperation,
  beginFreezeOperation,
  listPromotionsOperation,
  evidencePackOperation,
];
