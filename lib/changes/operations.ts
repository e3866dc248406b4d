import { operation } from "../http/operation";
import {
  addedPersonSchema,
  addPersonSchema,
  changeAnswerSchema,
  changeListSchema,
  changeQuerySchema,
  decideChangeSchema,
  policyListSchema,
  proposeChangeSchema,
  proposeNewPolicySchema,
  proposePolicySchema,
} from "./contract";

const tag = "changes";

export const listChangesOperation = operation({
  method: "GET",
  path: "/api/v1/changes",
  summary: "Changes by two people: those that wait first, then the newest",
  tag,
  query: changeQuerySchema,
  answer: changeListSchema,
});

export const proposeChangeOperation = operation({
  method: "POST",
  path: "/api/v1/changes",
  summary: "Propose a change of a policy, a person's roles, an environment, a freeze or the catalogue; another decides",
  tag,
  body: proposeChangeSchema,
  answer: changeAnswerSchema,
  status: 202,
});

export const getChangeOperation = operation({
  method: "GET",
  path: "/api/v1/changes/{id}",
  summary: "One change, with what it would change and who may decide",
  tag,
  answer: changeAnswerSchema,
});

export const decideChangeOperation = operation({
  method: "POST",
  path: "/api/v1/changes/{id}/decision",
  summary: "Apply or reject what somebody else proposed; 409 where what it would change is not what it was",
  tag,
  body: decideChangeSchema,
  answer: changeAnswerSchema,
});

export const withdrawChangeOperation = operation({
  method: "POST",
  path: "/api/v1/changes/{id}/withdraw",
  summary: "Take back what you proposed",
  tag,
  answer: changeAnswerSchema,
});

export const listPoliciesOperation = operation({
  method: "GET",
  path: "/api/v1/approval-policies",
  summary: "Who must approve what, and what is proposed of it",
  tag: "approval policies",
  answer: policyListSchema,
});

export const proposeNewPolicyOperation = operation({
  method: "POST",
  path: "/api/v1/approval-policies",
  summary: "Propose another approval policy",
  tag: "approval policies",
  body: proposeNewPolicySchema,
  answer: changeAnswerSchema,
  status: 202,
});

export const proposePolicyOperation = operation({
  method: "PUT",
  path: "/api/v1/approval-policies/{key}",
  summary: "Propose what an approval policy is to be, whole",
  tag: "approval policies",
  body: proposePolicySchema,
  answer: changeAnswerSchema,
  status: 202,
});

export const addPersonOperation = operation({
  method: "POST",
  path: "/api/v1/people",
  summary: "Add a person, and propose their roles; the password is in this answer only",
  tag: "access",
  body: addPersonSchema,
  answer: addedPersonSchema,
  status: 201,
});

export const changeOperations = [
  listChangesOperation,
  proposeChangeOperation,
  getChangeOperation,
  decideChangeOperation,
  withdrawChangeOperation,
  listPoliciesOperation,
  proposeNewPolicyOperation,
  proposePolicyOperation,
  addPersonOperation,
];
