import { expect, test } from "vitest";
import { readPasted, uploadText } from "./pasted-ids";

test.each([
  ["an id on each line", "c_1\nc_2\n\nc_3", ["c_1", "c_2", "c_3"]],
  ["ids beside one another", "c_1, c_2;c_3\tc_4", ["c_1", "c_2", "c_3", "c_4"]],
  ["columns under a header", "name,id\nMaren,c_1\nTobias,c_2", ["c_1", "c_2"]],
  ["an id and when it ends", "c_1,2026-12-31T00:00:00Z\nc_2,", ["c_1", "c_2"]],
])("%s are read", (_title, pasted, ids) => {
  expect(readPasted(pasted).entries.map(({ customerId }) => customerId)).toEqual(ids);
});

test("columns go to the server as they are", () => {
  const columns = "id,expires_at\nc_1,2026-12-31T00:00:00Z";
  expect(uploadText(columns)).toBe(columns);
});

test("what cannot be taken is told with its line in what was pasted", () => {
  const { rejected, rejects, repeated } = readPasted(`c_1, c_2\n${"x".repeat(201)};c_1`);
  expect({ rejected, repeated, lines: rejects.map(({ line }) => line) }).toEqual({
    ...{ rejected: 1, repeated: 1, lines: [2] },
  });
});

test("columns are refused by their lines too", () => {
  expect(readPasted("id,expires_at\nc_1,tomorrow\nc_2,").rejects.map(({ line }) => line)).toEqual([2]);
});

test("an expiry in any line, whole or not, makes the text columns, and so do quotation marks", () => {
  expect(readPasted("a\nb,2026-12-31T00:00:00Z").entries).toEqual([
    { customerId: "a" },
    { customerId: "b", expiresAt: Date.parse("2026-12-31T00:00:00Z") },
  ]);
  expect(readPasted("a,2026-12-31")).toMatchObject({ entries: [], rejected: 1 });
  expect(readPasted('"a"\n"b"').entries).toEqual([{ customerId: "a" }, { customerId: "b" }]);
});
