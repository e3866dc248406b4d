import { operation } from "../http/operation";
import { createSegmentSchema } from "../segments/contract";
import {
  addCommentSchema,
  addedCommentSchema,
  commentListSchema,
  pulseSchema,
  resolveCommentSchema,
} from "./comment-contract";
import {
  createdSegmentSchema,
  draftListSchema,
  openDraftSchema,
  openedDraftSchema,
  recordedVerdictSchema,
  recordVerdictSchema,
  reviewQueueQuerySchema,
  reviewQueueSchema,
  reviewSchema,
  saveDraftSchema,
  savedDraftSchema,
  submitSchema,
  submittedSchema,
  withdrawnSchema,
} from "./contract";
import { plannedRebaseSchema, rebasedSchema, rebaseSchema } from "./rebase-contract";
import {
  comparePoliciesSchema,
  policyComparisonSchema,
  simulatePoliciesSchema,
  simulationSchema,
} from "./simulation-contract";

const tag = "versions";

export const createSegmentOperation = operation({
  method: "POST",
  path: "/api/v1/segments",
  summary: "Create a segment with its first draft",
  tag: "segments",
  body: createSegmentSchema,
  answer: createdSegmentSchema,
  status: 201,
});

export const openDraftOperation = operation({
  method: "POST",
  path: "/api/v1/segments/{key}/draft",
  summary: "Open a draft from the live version, or from the content of a withdrawn or rejected one",
  tag,
  body: openDraftSchema,
  answer: openedDraftSchema,
  status: 201,
});

export const saveDraftOperation = operation({
  method: "PUT",
  path: "/api/v1/segments/{key}/draft",
  summary: "Save the draft; 409 with both sides when someone saved since. Editing what was submitted makes it a draft",
  tag,
  body: saveDraftSchema,
  answer: savedDraftSchema,
});

export const planRebaseOperation = operation({
  method: "GET",
  path: "/api/v1/versions/{id}/rebase",
  summary: "What a rebase onto the live version would merge, and what it would ask for",
  tag,
  answer: plannedRebaseSchema,
});

export const rebaseVersionOperation = operation({
  method: "POST",
  path: "/api/v1/versions/{id}/rebase",
  summary: "Put a draft onto the live version; 409 with both sides of each field that both changed and nobody chose",
  tag,
  body: rebaseSchema,
  answer: rebasedSchema,
});

export const submitVersionOperation = operation({
  method: "POST",
  path: "/api/v1/versions/{id}/submit",
  summary: "Submit for review; takes the evidence. 422 with every blocking finding at once",
  tag,
  body: submitSchema,
  answer: submittedSchema,
});

export const withdrawVersionOperation = operation({
  method: "POST",
  path: "/api/v1/versions/{id}/withdraw",
  summary: "Withdraw a version that is not released",
  tag,
  body: submitSchema,
  answer: withdrawnSchema,
});

export const recordVerdictOperation = operation({
  method: "POST",
  path: "/api/v1/versions/{id}/verdicts",
  summary: "Approve, request changes or reject the content that the hash names",
  tag: "reviews",
  body: recordVerdictSchema,
  answer: recordedVerdictSchema,
});

export const reviewOperation = operation({
  method: "GET",
  path: "/api/v1/versions/{id}",
  summary: "A version with what it is compared with, its evidence, its approvals and what you may do with it",
  tag: "reviews",
  answer: reviewSchema,
});

export const reviewQueueOperation = operation({
  method: "GET",
  path: "/api/v1/reviews",
  summary: "Versions under review",
  tag: "reviews",
  query: reviewQueueQuerySchema,
  answer: reviewQueueSchema,
});

export const listCommentsOperation = operation({
  method: "GET",
  path: "/api/v1/versions/{id}/comments",
  summary: "What was said about a version, oldest first",
  tag: "reviews",
  answer: commentListSchema,
});

export const addCommentOperation = operation({
  method: "POST",
  path: "/api/v1/versions/{id}/comments",
  summary: "Begin a thread about a version or a place in it, or answer in one",
  tag: "reviews",
  body: addCommentSchema,
  answer: addedCommentSchema,
  status: 201,
});

export const resolveCommentOperation = operation({
  method: "POST",
  path: "/api/v1/comments/{id}/resolution",
  summary: "Settle a thread, or open it again",
  tag: "reviews",
  body: resolveCommentSchema,
  answer: addedCommentSchema,
});

export const reviewPulseOperation = operation({
  method: "GET",
  path: "/api/v1/versions/{id}/pulse",
  summary: "Whether a review has changed since it was read; counts no customer",
  tag: "reviews",
  answer: pulseSchema,
});

export const myDraftsOperation = operation({
  method: "GET",
  path: "/api/v1/drafts",
  summary: "The drafts that you have worked on, with how many findings stand against each",
  tag,
  answer: draftListSchema,
});

export const simulatePoliciesOperation = operation({
  method: "POST",
  path: "/api/v1/approval-policies/simulation",
  summary: "What a version, or a change that nobody wrote yet, would need, and which conditions hold; stores nothing",
  tag: "approval policies",
  body: simulatePoliciesSchema,
  answer: simulationSchema,
});

export const comparePoliciesOperation = operation({
  method: "POST",
  path: "/api/v1/approval-policies/comparison",
  summary: "What other policies would mean for the versions under review; stores nothing",
  tag: "approval policies",
  body: comparePoliciesSchema,
  answer: policyComparisonSchema,
});

export const versionOperations = [
  createSegmentOperation,
  openDraftOperation,
  saveDraftOperation,
  reviewOperation,
  planRebaseOperation,
  rebaseVersionOperation,
  submitVersionOperation,
  withdrawVersionOperation,
  recordVerdictOperation,
  reviewQueueOperation,
  listCommentsOperation,
  addCommentOperation,
  resolveCommentOperation,
  reviewPulseOperation,
  myDraftsOperation,
  simulatePoliciesOperation,
  comparePoliciesOperation,
];
