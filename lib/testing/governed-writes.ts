import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Expression,
  type MemberExpression,
  type ObjectExpression,
  type Program,
  parseSync,
  Visitor,
} from "oxc-parser";
import { root } from "./source-files";

/** What decides about releases and proves it: each table has its verbs, and nothing else writes it. */
export const governedModels = [
  ...["Version", "Contribution", "Verdict", "ApprovalVoid", "Release", "Revision", "Environment", "BreakGlassReview"],
  ...["ApprovalPolicy", "LabelPolicy", "TransferRule", "Waiver", "Change"],
  ...["AuditEntry", "AuditHead", "ManagedListVersion"],
];

const writes = new Set([
  ...["create", "createMany", "createManyAndReturn", "update", "updateMany", "updateManyAndReturn"],
  ...["upsert", "delete", "deleteMany"],
]);
const reads = new Set([
  ...["findUnique", "findUniqueOrThrow", "findFirst", "findFirstOrThrow", "findMany", "count", "aggregate", "groupBy"],
]);
const nestedWrites = new Set([...writes, "connect", "connectOrCreate", "disconnect", "set"]);
const connections = ["db", "tx", "database", "client", "prisma"];

const models = new Map(governedModels.map((model) => [model.charAt(0).toLowerCase() + model.slice(1), model]));
const relations = readRelations();

/** A table that a file writes, or may write for all that can be seen; how, in words. */
export type GovernedWrite = { readonly model: string; readonly how: string };

/** By Prisma, nested in the write of another table, in SQL wherever a text holds it, or by a table handed on. */
export function governedWritesIn(path: string, source: string): GovernedWrite[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  return [...prismaWrites(program), ...nestedIn(program), ...textWrites(program)];
}

export function governedWritesOf(path: string): GovernedWrite[] {
  return governedWritesIn(path, readFileSync(join(root, path), "utf8"));
}

/** Names of functions that a file calls. */
export function callsOf(path: string): ReadonlySet<string> {
  const called = new Set<string>();
  new Visitor({
    CallExpression: ({ callee }) => {
      if (callee.type === "Identifier") called.add(callee.name);
    },
  }).visit(parseSync(path, readFileSync(join(root, path), "utf8")).program);
  return called;
}

function prismaWrites(program: Program): GovernedWrite[] {
  const found: GovernedWrite[] = [];
  /** Where a table is asked for something at once, it is not handed on. */
  const asked = new Set<unknown>();
  new Visitor({
    MemberExpression: (node) => {
      const { object } = node;
      if (object.type === "MemberExpression") {
        const model = models.get(nameOf(object) ?? "");
        const method = nameOf(node);
        if (model && method && writes.has(method)) found.push({ model, how: method });
        if (model && method && (writes.has(method) || reads.has(method))) asked.add(object);
      }
      if (!isConnection(object)) return;
      const table = nameOf(node);
      if (table === null) found.push(...anyModel("a table chosen while it runs"));
      else if (models.has(table) && !asked.has(node)) found.push({ model: models.get(table) ?? "", how: "handed on" });
    },
    VariableDeclarator: ({ id, init }) => {
      if (id.type !== "ObjectPattern" || !init || !isConnection(init)) return;
      for (const property of id.properties) {
        const name = property.type === "Property" && property.key.type === "Identifier" ? property.key.name : "";
        const model = models.get(name);
        if (model) found.push({ model, how: "handed on" });
      }
    },
  }).visit(program);
  return found;
}

/** "verdict" for `tx.verdict` and `tx["verdict"]`; null where it is chosen while it runs. */
function nameOf({ property, computed }: MemberExpression): string | null {
  if (!computed && property.type === "Identifier") return property.name;
  return property.type === "Literal" && typeof property.value === "string" ? property.value : null;
}

/** `tx`, `ctx.db`: what tables are asked of. */
function isConnection(node: Expression): boolean {
  if (node.type === "Identifier") return connections.includes(node.name);
  return node.type === "MemberExpression" && connections.includes(nameOf(node) ?? "");
}

function nestedIn(program: Program): GovernedWrite[] {
  const found: GovernedWrite[] = [];
  new Visitor({
    Property: ({ key, value }) => {
      const model = key.type === "Identifier" ? relations.get(key.name) : undefined;
      if (model === undefined || value.type !== "ObjectExpression") return;
      const how = keysOf(value).find((name) => nestedWrites.has(name));
      if (how) found.push({ model, how: `nested ${how}` });
    },
  }).visit(program);
  return found;
}

function keysOf({ properties }: ObjectExpression): string[] {
  return properties.flatMap((each) =>
    each.type === "Property" && each.key.type === "Identifier" ? [each.key.name] : [],
  );
}

const statement = new RegExp(
  `(INSERT\\s+INTO|UPDATE|DELETE\\s+FROM|TRUNCATE(?:\\s+TABLE)?|MERGE\\s+INTO|ALTER\\s+TABLE|DROP\\s+TABLE|COPY)\\s+` +
    `(?:ONLY\\s+)?(?:"?public"?\\.)?"(${governedModels.join("|")})"`,
  "gi",
);

function textWrites(program: Program): GovernedWrite[] {
  const found: GovernedWrite[] = [];
  const look = (text: string) => {
    for (const [, verb = "", model = ""] of text.matchAll(statement)) found.push({ model, how: `SQL ${verb}` });
  };
  new Visitor({
    Literal: ({ value }) => {
      if (typeof value === "string") look(value);
    },
    TemplateLiteral: ({ quasis }) => look(quasis.map(({ value }) => value.cooked ?? value.raw).join("?")),
    MemberExpression: (node) => {
      const name = nameOf(node) ?? "";
      if (/^\$(execute|query)RawUnsafe$/.test(name)) found.push(...anyModel(name));
    },
  }).visit(program);
  return found;
}

function anyModel(how: string): GovernedWrite[] {
  return governedModels.map((model) => ({ model, how }));
}

/** Fields of any model that lead to a governed one, lists and single ones on the side that does not hold the key. */
function readRelations(): ReadonlyMap<string, string> {
  const schema = readFileSync(join(root, "prisma", "schema.prisma"), "utf8");
  const fields = [...schema.matchAll(/^ {2}(\w+) +(\w+)(\[\]|\?)?(.*)$/gm)];
  return new Map(
    fields.flatMap(([, name = "", type = "", , rest = ""]) =>
      governedModels.includes(type) && !rest.includes("fields:") ? [[name, type] as const] : [],
    ),
  );
}
