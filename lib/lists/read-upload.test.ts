import { describe, expect, test } from "vitest";
import { readText } from "./read-text";
import { readUpload } from "./read-upload";

const read = (text: string) => readUpload(readText(text));
const soon = Date.parse("2026-12-31T23:59:59Z");

describe("a text", () => {
  test.each([
    ["an id on each line", "b\na\n", [{ customerId: "a" }, { customerId: "b" }]],
    [
      "blank lines, Windows line ends and a byte order mark",
      "\ufeffa\r\n\r\n  \r\nb",
      [{ customerId: "a" }, { customerId: "b" }],
    ],
    [
      "columns with a header",
      "id,expires_at\na,2026-12-31T23:59:59Z\nb,",
      [{ customerId: "a", expiresAt: soon }, { customerId: "b" }],
    ],
    ["columns in another order, among others", "reason,expires_at,ID\nx,,a", [{ customerId: "a" }]],
    ["columns without a header", "a,2026-12-31T23:59:59Z", [{ customerId: "a", expiresAt: soon }]],
    [
      "fields in quotation marks",
      '"a,1"," 2026-12-31T23:59:59Z "\n"b""2"',
      [{ customerId: "a,1", expiresAt: soon }, { customerId: 'b"2' }],
    ],
    ["a single column named id", "id\na", [{ customerId: "a" }]],
    ["ids with space around them", " a \n\tb\t", [{ customerId: "a" }, { customerId: "b" }]],
  ])("of %s is read", (_title, text, entries) => {
    expect(read(text)).toEqual({ entries, repeated: 0, rejected: 0, rejects: [] });
  });

  test("tells each bad line by its number, with what would be accepted, and keeps the good ones", () => {
    const long = "x".repeat(201);
    const { entries, rejected, rejects } = read(`id,expires_at\na,soon\n${long}\n"",\nb\nc,2026-02-30T00:00:00Z\n`);
    expect(entries).toEqual([{ customerId: "b" }]);
    expect(rejected).toBe(4);
    expect(rejects.map(({ line, message }) => [line, message])).toEqual([
      [2, 'This is no instant: "soon".'],
      [3, "The id has 201 characters."],
      [4, "The id is missing."],
      [6, 'This is no instant: "2026-02-30T00:00:00Z".'],
    ]);
    for (const { resolution } of rejects) expect(resolution).toMatch(/^Give /);
  });

  test("that names a customer twice keeps the last line and counts the others", () => {
    expect(read("a,2026-12-31T23:59:59Z\nb\na\na")).toMatchObject({
      entries: [{ customerId: "a" }, { customerId: "b" }],
      repeated: 2,
    });
  });

  test.each([
    ["quoted without end", `"${"a".repeat(20_000_000)}`],
    ["of commas", ",".repeat(20_000_000)],
  ])("with a line %s refuses that line and keeps the others", (_, line) => {
    expect(read(`a\n${line}\nb`)).toMatchObject({
      entries: [{ customerId: "a" }, { customerId: "b" }],
      rejects: [{ line: 2, message: expect.stringContaining("characters") }],
    });
  });

  test("of a thousand bad lines tells the first hundred", () => {
    const { rejected, rejects } = read("a,never\n".repeat(1_000));
    expect([rejected, rejects.length]).toEqual([1_000, 100]);
  });
});

test.each([5, null, {}, [], true, "", "   ", "a\u0000b", "a\nb", "a\r\nb", "\ud800", "x".repeat(201)])(
  "%j is no id",
  (customerId) => {
    expect(readUpload([{ line: 1, customerId }])).toMatchObject({ entries: [], rejected: 1 });
  },
);

test.each([5, {}, "2026-12-31", "2026-12-31T23:59:59+01:00"])("%j is no expiry", (expiresAt) => {
  expect(readUpload([{ line: 1, customerId: "a", expiresAt }])).toMatchObject({ entries: [], rejected: 1 });
});
