import fc from "fast-check";
import { expect, test } from "vitest";
import { combine, differenceOf } from "./combine";
import type { ListContent } from "./definition";

const anyContent: fc.Arbitrary<ListContent> = fc
  .uniqueArray(
    fc.record({ customerId: fc.constantFrom(..."abcdef"), expiresAt: fc.nat(2) }, { requiredKeys: ["customerId"] }),
    {
      selector: ({ customerId }) => customerId,
    },
  )
  .map((entries) => entries.sort((a, b) => (a.customerId < b.customerId ? -1 : 1)));

const idsOf = (content: ListContent) => content.map(({ customerId }) => customerId);

test("merging keeps everybody, takes over the uploaded expiries, and is in the order of ids", () => {
  fc.assert(
    fc.property(anyContent, anyContent, (before, uploaded) => {
      const merged = combine(before, uploaded, "merge");
      expect(idsOf(merged)).toEqual([...new Set([...idsOf(before), ...idsOf(uploaded)])].sort());
      for (const entry of uploaded) expect(merged).toContainEqual(entry);
      expect(combine(merged, uploaded, "merge")).toEqual(merged);
    }),
  );
});

test("replacing keeps what was uploaded and nothing else", () => {
  fc.assert(
    fc.property(anyContent, anyContent, (before, uploaded) => {
      expect(combine(before, uploaded, "replace")).toEqual(uploaded);
    }),
  );
});

test("the difference counts who came and who went, and nothing between equal contents", () => {
  fc.assert(
    fc.property(anyContent, anyContent, (from, to) => {
      const { added, removed, changed } = differenceOf(from, to);
      expect(from.length + added - removed).toBe(to.length);
      expect(differenceOf(to, from)).toEqual({ added: removed, removed: added, changed });
      expect(differenceOf(from, from)).toEqual({ added: 0, removed: 0, changed: 0 });
      expect(added + removed + changed === 0).toBe(JSON.stringify(from) === JSON.stringify(to));
    }),
  );
});
