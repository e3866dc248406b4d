import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMembershipBatch } from "../testing/membership-arbitraries";
import { runCel, runFlagd, runJsonLogic } from "../testing/rule-runners";
import { compile } from "./evaluate";

const runners = { JsonLogic: runJsonLogic, "JsonLogic in flagd": runFlagd, CEL: runCel };

test.each(Object.entries(runners))("%s agrees with the interpreter on whole memberships", (_name, run) => {
  fc.assert(
    fc.property(anyMembershipBatch({ trees: 5, profiles: 8 }), ({ trees, profiles, asOf }) => {
      for (const tree of trees) {
        const [as, is] = [run(tree), compile(tree)];
        for (const profile of profiles) expect(as(profile, asOf)).toBe(is(profile, asOf));
      }
    }),
    { numRuns: 100 },
  );
});
