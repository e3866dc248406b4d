import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TreeNode } from "../rules/definition";
import { compile } from "../rules/evaluate";
import { openFeatureOf } from "../testing/flagd-provider";
import { anyMembershipBatch } from "../testing/membership-arbitraries";
import { runCelExpression } from "../testing/rule-runners";
import { sharedData } from "../testing/shared-data";
import { celBundle } from "./cel-bundle";
import { definitionOf } from "./definition";
import { flagdBundle } from "./flagd-bundle";
import { type FeedDefinition, flagdBundleSchema } from "./wire";

const batches = anyMembershipBatch({ trees: 5, profiles: 8 });

/** Served segments of these rules, named by their place. */
function definitionsOf(trees: readonly TreeNode[]): FeedDefinition[] {
  return trees.map((tree, index) =>
    definitionOf(
      {
        ...{ key: `segment-${index}`, name: `Segment ${index}`, description: "", version: 2, contentHash: "hash" },
        ...{ parts: { guards: [], rule: tree }, tree, references: [], purposes: [], regions: ["eu"] },
        ...{ treatments: { pool: "vip" }, precedence: index, exclusiveGroup: null },
        ...{ rolloutPercent: 100, killed: false, standing: null },
      },
      7,
    ),
  );
}

describe("a bundle for flagd", () => {
  test("answers OpenFeature's SDK as the interpreter does, and names each segment that it cannot say", async () => {
    await fc.assert(
      fc.asyncProperty(batches, async ({ trees, profiles, asOf }) => {
        const definitions = definitionsOf(trees);
        const document = flagdBundle("production", 7, definitions);
        const evaluate = await openFeatureOf(JSON.stringify(document));
        for (const { key, rule, version } of definitions) {
          expect(key in document.flags).toBe(!(key in document.cannotSay));
          if (!(key in document.flags)) continue;
          for (const profile of profiles) {
            const { value, reason, flagMetadata } = await evaluate(key, profile, asOf);
            expect({ value, reason }).toEqual({ value: compile(rule)(profile, asOf), reason: "TARGETING_MATCH" });
            expect(flagMetadata).toMatchObject({ flagSetId: "production", version });
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  const schema = (name: string) => sharedData(`flagd-schemas/json/${name}.json`);
  const [flags, targeting] = [schema("flags"), schema("targeting")];

  test.skipIf(!flags.isThere)(flags.title("meets flagd's published schema and our own"), () => {
    const ajv = new Ajv({ strict: false });
    ajv.addSchema(targeting.json() as object);
    const isValid = ajv.compile(flags.json() as object);
    fc.assert(
      fc.property(batches, ({ trees }) => {
        const document: unknown = JSON.parse(JSON.stringify(flagdBundle("production", 7, definitionsOf(trees))));
        expect([isValid(document), isValid.errors ?? []]).toEqual([true, []]);
        expect(flagdBundleSchema.parse(document)).toEqual(document);
      }),
      { numRuns: 60 },
    );
  });
});

test("a bundle as CEL answers a CEL reader as the interpreter does, and says why where it has no expression", () => {
  fc.assert(
    fc.property(batches, ({ trees, profiles, asOf }) => {
      const definitions = definitionsOf(trees);
      const { segments } = celBundle("production", 7, definitions);
      expect(segments.map(({ key }) => key)).toEqual(definitions.map(({ key }) => key));
      for (const [index, { expression, cannotSay, ...segment }] of segments.entries()) {
        expect(segment).toMatchObject({ version: 2, hash: "hash", treatments: { pool: "vip" }, precedence: index });
        expect(expression === undefined).toBe(cannotSay !== undefined);
        if (expression === undefined) continue;
        const [as, is] = [runCelExpression(expression), compile(definitions[index]?.rule ?? { any: [] })];
        for (const profile of profiles) expect(as(profile, asOf)).toBe(is(profile, asOf));
      }
    }),
    { numRuns: 40 },
  );
});
