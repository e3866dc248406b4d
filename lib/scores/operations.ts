import { operation } from "../http/operation";
import {
  addModelVersionSchema,
  modelListSchema,
  overriddenScoreSchema,
  overrideScoreSchema,
  registeredModelSchema,
  registerModelSchema,
  scoreOverrideListSchema,
} from "./contract";

export const listModelsOperation = operation({
  method: "GET",
  path: "/api/v1/models",
  summary: "The models that make scores, and how scores and the members of segments that use them have moved",
  tag: "scores",
  answer: modelListSchema,
});

export const registerModelOperation = operation({
  method: "POST",
  path: "/api/v1/models",
  summary: "Register a model",
  tag: "scores",
  body: registerModelSchema,
  answer: registeredModelSchema,
  status: 201,
});

export const addModelVersionOperation = operation({
  method: "POST",
  path: "/api/v1/models/{key}/versions",
  summary: "Add a version of a model; a score is of it once the attribute says so",
  tag: "scores",
  body: addModelVersionSchema,
  answer: registeredModelSchema,
  status: 201,
});

export const listOverridesOperation = operation({
  method: "GET",
  path: "/api/v1/customers/{id}/score-overrides",
  summary: "What people said instead of a model, newest first",
  tag: "scores",
  answer: scoreOverrideListSchema,
});

export const overrideScoreOperation = operation({
  method: "POST",
  path: "/api/v1/customers/{id}/score-overrides",
  summary: "Say a customer's score instead of the model, with a reason",
  tag: "scores",
  body: overrideScoreSchema,
  answer: overriddenScoreSchema,
  status: 201,
});

export const endOverrideOperation = operation({
  method: "DELETE",
  path: "/api/v1/score-overrides/{id}",
  summary: "Let the model's score hold again",
  tag: "scores",
  answer: overriddenScoreSchema,
});

export const scoreOperations = [
  listModelsOperation,
  registerModelOperation,
  addModelVersionOperation,
  listOverridesOperation,
  overrideScoreOperation,
  endOverrideOperation,
];
