import { describe, expect, test } from "vitest";
import { attributeSchema, catalogueOf } from "../catalogue/definition";
import { csvLine } from "../csv-line";
import { processorTime } from "../testing/processor-time";
import { columnNames, csvRecords, detectDelimiter } from "./import-csv";
import { inferType, suggestedKey } from "./import-inference";
import { importPreview } from "./import-preview";

describe("types by what the cells look like", () => {
  test.each<[string, string[], ReturnType<typeof inferType>]>([
    ["yes and no", ["Yes", "no", ""], { type: "boolean" }],
    ["both 0 and 1", ["0", "1", "1"], { type: "boolean" }],
    ["only ones", ["1", "1"], { type: "number" }],
    ["amounts", ["-1.5", "2e3", ".5", " "], { type: "number" }],
    ["decimal commas", ["1.234,50", "0,5"], { type: "number", format: "decimal_comma" }],
    ["leading zeros", ["007", "123"], { type: "string" }],
    ["30 digits", ["123456789012345678901234567890"], { type: "string" }],
    ["ISO instants and dates", ["2026-01-02", "2026-01-02T03:04:05Z"], { type: "timestamp" }],
    ["months before days", ["12/1/2010 8:26", "1/13/2011 9:00"], { type: "timestamp", format: "%m/%d/%Y %H:%M" }],
    ["days before months where both would do", ["1/2/2011"], { type: "timestamp", format: "%d/%m/%Y" }],
    ["separated values", ["a|b", "c|d", "e"], { type: "string_set" }],
    ["separated by semicolons", ["a;b", "c"], { type: "string_set", format: ";" }],
    ["words", ["No", "No internet service"], { type: "string" }],
    ["nothing", ["", " "], { type: "string" }],
  ])("%s", (_title, cells, expected) => {
    expect(inferType(cells)).toEqual(expected);
  });

  test.each([
    ["SeniorCitizen", "senior_citizen"],
    ["Größe in €", "grosse_in"],
    ["id", "id_value"],
    ["2nd address", "column_2nd_address"],
    ["__proto__", "proto"],
    ["   ", "column"],
  ])("%s becomes the key %s", (name, key) => {
    expect(suggestedKey(name)).toBe(key);
  });
});

test("CSV: quotes, doubled quotes, line ends in quotes, an unfinished last record", () => {
  const text = 'a,"b ""x""\r\ny",c\r\n1,2,3\n\nlast,"unfin';
  expect(csvRecords(text, ",", false)).toEqual([
    ["a", 'b "x"\r\ny', "c"],
    ["1", "2", "3"],
  ]);
  expect(detectDelimiter("a;b\n1,5;2\n", true)).toBe(";");
  expect(columnNames(["\ufeffa", " ", "a"])).toEqual(["a", "column 2", "a (2)"]);
  expect(csvLine(["a,b", 'say "x"', 1])).toBe('"a,b","say ""x""",1\n');
});

test("a preview suggests id, region, consents and attributes of the catalogue", () => {
  const catalogue = catalogueOf({
    attributes: [attributeSchema.parse({ key: "plan", name: "Plan", type: "string" })],
    regions: [{ key: "eu", name: "EU", description: "" }],
    purposes: [{ key: "marketing", name: "Marketing", lawfulBasis: "consent", description: "" }],
  });
  const preview = importPreview(
    {
      format: "csv",
      gzip: false,
      encoding: "windows-1252",
      delimiter: ",",
      columns: ["Plan", "customerID", "home", "Marketing", "newsletter_opt_in", "spend"],
      head: [
        ["1", "c1", "EU", "yes", "1", "1.5"],
        ["0", "c2", "", "no", "0", " "],
      ],
    },
    catalogue,
  );
  expect(preview.suggested).toEqual({ id: "customerID", region: "home", consents: ["Marketing", "newsletter_opt_in"] });
  expect(preview.columns[0]).toMatchObject({ type: "string", suggestedKey: "plan", attribute: { key: "plan" } });
  expect(preview.columns[5]).toMatchObject({
    type: "number",
    filled: 1,
    distinct: 1,
    samples: ["1.5"],
    attribute: null,
  });
  expect(preview.rows[1]).toEqual(["0", "c2", null, "no", "0", null]);
  expect(preview.warnings).toEqual(["The file is windows-1252, not UTF-8; it is converted."]);
});

test("a cell of digits without end is read at once", () => {
  const read = () => expect(inferType([`${"1".repeat(200_000)}x`])).toEqual({ type: "string" });
  expect(processorTime(read)).toBeLessThan(500);
});
