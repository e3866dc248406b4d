import { type CelInput, celEnv, isCelError, parse, plan } from "@bufbuild/cel";
import { DefaultLogger, type EvaluationContext } from "@openfeature/core";
import { FlagdCore, type FlagdCoreOptions, MemoryStorage } from "@openfeature/flagd-core";
import jsonLogic, { type RulesLogic } from "json-logic-js";
import { toCel } from "../rules/cel";
import type { Profile, TreeNode } from "../rules/definition";
import { toFlagd } from "../rules/flagd";
import { toJsonLogic } from "../rules/jsonlogic";
import type { Translation } from "../rules/translation";

export type Runner = (profile: Profile, asOf: number) => boolean;

/** The tree by json-logic-js. Throws for a tree that JsonLogic cannot say. */
export function runJsonLogic(tree: TreeNode): Runner {
  const logic = outputOf(toJsonLogic(tree)) as RulesLogic;
  return (profile, asOf) => verdict(jsonLogic.apply(logic, { ...profile, asOf }));
}

/**
 * The tree as a flag's targeting, by flagd's own evaluator, which makes code of it or, where a platform forbids that,
 * walks it. Throws for a tree that flagd cannot say, and for a flag that does not meet flagd's schema.
 */
export function runFlagd(tree: TreeNode, options: FlagdCoreOptions = {}): Runner {
  const flagd = flagdOf(JSON.stringify({ flags: { member: outputOf(toFlagd(tree)) } }), options);
  return (profile, asOf) => {
    const { value, reason, errorMessage } = flagd.resolveBooleanEvaluation("member", false, contextOf(profile, asOf));
    if (reason !== "TARGETING_MATCH") throw new Error(`flagd answers ${reason}: ${errorMessage}`);
    return value;
  };
}

/** flagd's evaluator over a document. Throws for one that does not meet flagd's schema. */
export function flagdOf(document: string, options: FlagdCoreOptions = {}): FlagdCore {
  const logger = new DefaultLogger();
  const storage = new MemoryStorage(logger, options);
  storage.setConfigurations(document, true);
  return new FlagdCore(storage, logger, options);
}

/** What flagd's evaluator is given of a customer. */
export function contextOf({ attributes, consents, objections, ...named }: Profile, asOf: number): EvaluationContext {
  const values = Object.entries(attributes).map(([key, value]) => [
    key,
    typeof value === "object" ? [...value] : value,
  ]);
  return {
    ...named,
    ...{ consents: [...consents], objections: [...objections] },
    attributes: Object.fromEntries(values),
    asOf,
  };
}

/** The tree by CEL. Throws for a tree that CEL cannot say. */
export function runCel(tree: TreeNode): Runner {
  return runCelExpression(outputOf(toCel(tree)));
}

export function runCelExpression(expression: string): Runner {
  const program = plan(celEnv(), parse(expression));
  return ({ id, region, consents, objections, attributes }, asOf) => {
    const bindings: Record<string, CelInput> = {
      ...{ id, consents, objections },
      region: region ?? null,
      attributes: new Map(Object.entries(attributes)),
      asOf: BigInt(asOf),
    };
    const answer = program(bindings);
    if (isCelError(answer)) throw new Error(`CEL answers: ${answer.message}`);
    return verdict(answer);
  };
}

function outputOf<Output>(translation: Translation<Output>): Output {
  if (translation.ok) return translation.output;
  throw new Error(`It cannot be said: ${translation.limits.map(({ message }) => message).join(" ")}`);
}

function verdict(answer: unknown): boolean {
  if (typeof answer !== "boolean") throw new Error(`The answer is neither true nor false: ${String(answer)}`);
  return answer;
}
