import fc from "fast-check";
import { expect, test } from "vitest";
import { isSameProfile } from "./changed-profile";
import { decidedConsents, statementKey, withConsents } from "./consent-statement";
import { type ConsentStatement, consentStates } from "./customer-records";
import { type KnownCustomer, mergedCustomer, partedCustomer } from "./merged-customer";

const now = 1_000;
const purposes = ["marketing", "research", "billing"];
const somePurposes = fc.subarray(purposes);

function anyStatement(customerId: string, at = fc.integer({ min: 0, max: now })): fc.Arbitrary<ConsentStatement> {
  return fc.record({
    customerId: fc.constant(customerId),
    purpose: fc.constantFrom(...purposes),
    state: fc.constantFrom(...consentStates),
    at,
    source: fc.constantFrom("web", "shop"),
  });
}

/** Consents as their statements come to; purposes that nothing was said of as they are. */
function anyCustomer(id: string): fc.Arbitrary<KnownCustomer> {
  return fc
    .record({
      region: fc.option(fc.constantFrom("eu", "us"), { nil: undefined }),
      consents: somePurposes,
      objections: somePurposes,
      attributes: fc.dictionary(fc.constantFrom("plan", "spend", "tags"), fc.constantFrom("a", 1, false, ["x"], ["y"])),
      statements: fc.uniqueArray(anyStatement(id), { maxLength: 5, selector: statementKey }),
    })
    .map(({ statements, region, ...rest }) => {
      const profile = { id, ...(region ? { region } : {}), ...rest };
      return { profile: withConsents(profile, decidedConsents(statements)), statements };
    });
}

const anyPair = fc.record({ from: anyCustomer("from"), into: anyCustomer("into") });

function granted({ profile }: KnownCustomer): string[] {
  return profile.consents.filter((purpose) => !profile.objections.includes(purpose));
}

test("the merged customer is granted nothing that either side was not, and objects to what either objected to", () => {
  fc.assert(
    fc.property(anyPair, ({ from, into }) => {
      const merged = mergedCustomer(from, into, now);
      for (const purpose of granted(merged)) for (const side of [from, into]) expect(granted(side)).toContain(purpose);
      expect(merged.profile.objections).toEqual(
        expect.arrayContaining([...from.profile.objections, ...into.profile.objections]),
      );
    }),
  );
});

test("a statement from before the merge that arrives after it grants nothing that was said against", () => {
  fc.assert(
    fc.property(anyPair, anyStatement("into"), ({ from, into }, late) => {
      const merged = mergedCustomer(from, into, now);
      const later = withConsents(merged.profile, decidedConsents([...merged.statements, late]));
      const denied = [from, into].flatMap((side) =>
        purposes
          .filter((purpose) => decidedConsents(side.statements).get(purpose) === "withdrawn")
          .concat(side.profile.objections),
      );
      expect(granted({ profile: later, statements: [] }).filter((purpose) => denied.includes(purpose))).toEqual([]);
    }),
  );
});

test("what the customer has wins, and what they lack comes from the other", () => {
  const from = {
    profile: { ...nobody, id: "from", region: "us", attributes: { plan: "free", spend: 3 } },
    statements: [],
  };
  const into = { profile: { ...nobody, id: "into", attributes: { plan: "pro" } }, statements: [] };
  expect(mergedCustomer(from, into, now).profile).toEqual({
    ...{ ...nobody, id: "into", region: "us" },
    attributes: { plan: "pro", spend: 3 },
  });
});

test("parting gives back the customer of before the merge", () => {
  fc.assert(
    fc.property(anyPair, ({ from, into }) => {
      const merged = mergedCustomer(from, into, now);
      const parted = partedCustomer({ from: { ...from, identities: [] }, into, merged }, merged);
      expect(isSameProfile(parted.profile, into.profile)).toBe(true);
      expect(parted.statements).toEqual(into.statements);
    }),
  );
});

test("what came in since the merge stays: values, and what the customer said", () => {
  const later = fc.integer({ min: now + 1, max: 2 * now });
  fc.assert(
    fc.property(anyPair, anyStatement("into", later), ({ from, into }, said) => {
      const merged = mergedCustomer(from, into, now);
      const statements = [...merged.statements, said];
      const told = withConsents({ ...merged.profile, attributes: { plan: "new" } }, decidedConsents(statements));
      const parted = partedCustomer({ from: { ...from, identities: [] }, into, merged }, { profile: told, statements });
      expect(parted.statements).toContain(said);
      expect(parted.profile.attributes.plan).toBe("new");
      expect(granted(parted).includes(said.purpose)).toBe(said.state === "granted");
      expect(parted.profile.objections.includes(said.purpose)).toBe(said.state === "objected");
    }),
  );
});

const nobody = { consents: [], objections: [], attributes: {} };
