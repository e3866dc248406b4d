import fc from "fast-check";
import { expect, test } from "vitest";
import { readText } from "./read-text";
import { readUpload } from "./read-upload";
import { writeCsv } from "./write-csv";

const id = fc
  .string({
    unit: fc.constantFrom("a", "Z", "7", ",", '"', " ", ";", "ä", "😀", "=", "\n", "\r"),
    minLength: 1,
    maxLength: 12,
  })
  .map((text) => text.trim())
  .filter((text) => text !== "");
const instant = fc.date({ min: new Date("1970-01-01"), max: new Date("2200-01-01"), noInvalidDate: true });
const entry = fc.record({ customerId: id, expiresAt: fc.option(instant.map(Number), { nil: undefined }) });

test("what is written is read as it was", () => {
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ({ customerId }) => customerId }), (entries) => {
      const content = readUpload(
        entries.map(({ customerId, expiresAt }, index) => ({
          line: index + 1,
          customerId,
          expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
        })),
      ).entries;
      expect(readUpload(readText(writeCsv(content)))).toMatchObject({ entries: content, rejected: 0 });
    }),
  );
});
