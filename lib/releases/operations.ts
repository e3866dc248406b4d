import { operation } from "../http/operation";
import { segmentListQuerySchema } from "../segments/list-query";
import { environmentListSchema, killSchema, releasedSchema, releaseVersionSchema, rollBackSchema } from "./contract";
import { blameSchema, comparisonQuerySchema, comparisonSchema, versionLineSchema } from "./history-contract";
import { segmentListSchema, segmentOverviewSchema } from "./overview-contract";

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
  summary: "Release a version to an environment, in full or to a share; every gate is checked again at this moment",
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
];
