import { operation } from "../http/operation";
import { segmentListQuerySchema } from "../segments/list-query";
import { environmentListSchema, killSchema, releasedSchema, releaseVersionSchema, rollBackSchema } from "./contract";
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
  releaseVersionOperation,
  rollBackOperation,
  killSegmentOperation,
  listEnvironmentsOperation,
];
