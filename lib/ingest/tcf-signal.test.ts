import { GppModel } from "@iabgpp/cmpapi";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LawfulBasis } from "../catalogue/definition";
import { decodeGpp, decodeTcf, statesOf, type TcfSignal } from "./tcf-signal";

/** A GPP string with a European section, and that section by itself, which is a TCF string. */
function encoded({ consented, unopposed }: { consented: number[]; unopposed: number[] }) {
  const bits = (numbers: number[]) => Array.from({ length: 24 }, (_, index) => numbers.includes(index + 1));
  const model = new GppModel();
  const fields = { CmpId: 300, CmpVersion: 2, PolicyVersion: 5, VendorListVersion: 48, ConsentScreen: 1 };
  for (const [field, value] of Object.entries(fields)) model.setFieldValue("tcfeuv2", field, value);
  model.setFieldValue("tcfeuv2", "PurposeConsents", bits(consented));
  model.setFieldValue("tcfeuv2", "PurposeLegitimateInterests", bits(unopposed));
  const gpp = model.encode();
  return { gpp, tcf: gpp.split("~")[1] ?? "" };
}

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 24 }));
/** Those that may rest on a legitimate interest. */
const interests = numbers.map((given) => given.filter((number) => number === 2 || number > 6));

test("what was said to each purpose is read alike from a TCF string and from a GPP string", () => {
  fc.assert(
    fc.property(numbers, interests, (consented, unopposed) => {
      const { tcf, gpp } = encoded({ consented, unopposed });
      const said = {
        consented: new Set(consented.toSorted((a, b) => a - b)),
        unopposed: new Set(unopposed.toSorted((a, b) => a - b)),
        text: "TCF policy 5, CMP 300",
      };
      expect(decodeTcf(tcf)).toEqual(said);
      expect(decodeGpp(gpp)).toEqual(said);
    }),
    { numRuns: 60 },
  );
});

test("what is no such string is read as nothing, whatever it is", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String({ maxLength: 400 })), (text) => {
      for (const decode of [decodeTcf, decodeGpp]) {
        const read = decode(text);
        if (read !== null) expect(read.consented).toBeInstanceOf(Set);
      }
    }),
  );
  for (const text of ["", "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA", "DBABLA~BVQqAAAAAgA"]) {
    expect([decodeTcf(text), decodeGpp(text)]).toEqual([null, null]);
  }
});

describe("a purpose here", () => {
  const signal = (consented: number[], unopposed: number[] = []): TcfSignal => ({
    ...{ consented: new Set(consented), unopposed: new Set(unopposed), text: "" },
  });
  const stateOf = (lawfulBasis: LawfulBasis, said: TcfSignal) =>
    statesOf(said, { 2: ["ads"], 7: ["ads"] }, new Map([["ads", { lawfulBasis }]])).get("ads");

  test.each([
    ["is granted where consent was given to all that it is part of", "consent", [2, 7], [], "granted"],
    ["is withdrawn where consent to one of them is missing", "consent", [2], [], "withdrawn"],
    ["is withdrawn where only a legitimate interest was left unopposed", "consent", [2], [7], "withdrawn"],
    [
      "that rests on an interest is left standing where nothing was opposed",
      "legitimate_interest",
      [],
      [2, 7],
      "granted",
    ],
    ["or where consent was given instead", "legitimate_interest", [2], [7], "granted"],
    [
      "is objected to where one was neither consented to nor left unopposed",
      "legitimate_interest",
      [3],
      [],
      "objected",
    ],
  ] as const)("%s", (_title, basis, consented, unopposed, expected) => {
    expect(stateOf(basis, signal([...consented], [...unopposed]))).toBe(expected);
  });
});
