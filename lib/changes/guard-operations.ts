import { operation } from "../http/operation";
import { changeAnswerSchema } from "./contract";
import {
  labelPolicyListSchema,
  proposeLabelPolicySchema,
  proposeNewLabelPolicySchema,
  proposeTransferSchema,
  transferListSchema,
} from "./guard-contract";

const labels = "label policies";
const transfers = "transfers";

export const listLabelPoliciesOperation = operation({
  method: "GET",
  path: "/api/v1/label-policies",
  summary: "What labels mean for purposes, treatments and destinations, and what is proposed of it",
  tag: labels,
  answer: labelPolicyListSchema,
});

export const proposeNewLabelPolicyOperation = operation({
  method: "POST",
  path: "/api/v1/label-policies",
  summary: "Propose another label policy",
  tag: labels,
  body: proposeNewLabelPolicySchema,
  answer: changeAnswerSchema,
  status: 202,
});

export const proposeLabelPolicyOperation = operation({
  method: "PUT",
  path: "/api/v1/label-policies/{key}",
  summary: "Propose what a label policy is to be, whole",
  tag: labels,
  body: proposeLabelPolicySchema,
  answer: changeAnswerSchema,
  status: 202,
});

export const listTransfersOperation = operation({
  method: "GET",
  path: "/api/v1/transfer-rules",
  summary: "Which ways between regions are open, and what is proposed of them",
  tag: transfers,
  answer: transferListSchema,
});

export const proposeTransferOperation = operation({
  method: "POST",
  path: "/api/v1/transfer-rules",
  summary: "Propose to open a way between two regions, to change its ground, or to close it",
  tag: transfers,
  body: proposeTransferSchema,
  answer: changeAnswerSchema,
  status: 202,
});

export const guardChangeOperations = [
  listLabelPoliciesOperation,
  proposeNewLabelPolicyOperation,
  proposeLabelPolicyOperation,
  listTransfersOperation,
  proposeTransferOperation,
];
