import { operation } from "../http/operation";
import {
  createdTokenSchema,
  createTokenSchema,
  disabledPersonSchema,
  ownSessionSchema,
  personalTokenListSchema,
  personListSchema,
  revokedTokenSchema,
} from "./contract";

export const listPeopleOperation = operation({
  method: "GET",
  path: "/api/v1/people",
  summary: "People and teams",
  tag: "access",
  answer: personListSchema,
});

export const disablePersonOperation = operation({
  method: "POST",
  path: "/api/v1/people/{id}/disable",
  summary: "Disable a person: their sessions and tokens end at once",
  tag: "access",
  answer: disabledPersonSchema,
});

export const readOwnSessionOperation = operation({
  method: "GET",
  path: "/api/v1/session",
  summary: "Who you are, what you may do, and until when",
  tag: "access",
  answer: ownSessionSchema,
});

export const listTokensOperation = operation({
  method: "GET",
  path: "/api/v1/tokens",
  summary: "Your personal tokens, without their secrets",
  tag: "access",
  answer: personalTokenListSchema,
});

export const createTokenOperation = operation({
  method: "POST",
  path: "/api/v1/tokens",
  summary: "Make a personal token; its secret is in this answer only",
  tag: "access",
  body: createTokenSchema,
  answer: createdTokenSchema,
  status: 201,
});

export const revokeTokenOperation = operation({
  method: "DELETE",
  path: "/api/v1/tokens/{id}",
  summary: "Revoke one of your personal tokens",
  tag: "access",
  answer: revokedTokenSchema,
});

export const accessOperations = [
  readOwnSessionOperation,
  listPeopleOperation,
  disablePersonOperation,
  listTokensOperation,
  createTokenOperation,
  revokeTokenOperation,
];
