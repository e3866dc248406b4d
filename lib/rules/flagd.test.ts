import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DefaultLogger } from "@openfeature/core";
import { MemoryStorage } from "@openfeature/flagd-core";
import { describe, expect, test } from "vitest";
import { sharedData } from "../testing/shared-data";
import { telcoRules } from "../testing/telco-rules";
import { toFlagd } from "./flagd";

/** Throws unless the document meets flagd's schema. */
function load(document: string): MemoryStorage {
  const storage = new MemoryStorage(new DefaultLogger());
  storage.setConfigurations(document, true);
  return storage;
}

test("a segment is a flag that is on for its members, and meets flagd's schema", () => {
  const translation = toFlagd({ all: Object.values(telcoRules) });
  const flag = translation.ok ? translation.output : undefined;
  const { flags } = JSON.parse(JSON.stringify({ flags: { segment: flag } }));
  expect(flags.segment).toMatchObject({
    state: "ENABLED",
    variants: { true: true, false: false },
    defaultVariant: "false",
  });
  expect([...load(JSON.stringify({ flags })).getFlags().keys()]).toEqual(["segment"]);
});

const examples = sharedData("flagd-schemas/json/test/flags");

describe.skipIf(!examples.isThere)(examples.title("the schema that flags are held against"), () => {
  const files = (kind: "positive" | "negative") => {
    const folder = join(examples.file, kind);
    return examples.isThere
      ? readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const)
      : [];
  };
  /** A list of flags is for flagd's own files; a document that is served is a map. */
  const served = files("positive").filter(([, text]) => !Array.isArray(JSON.parse(text).flags));

  test.each(served)("takes flagd's example %s", (_name, text) => expect(() => load(text)).not.toThrow());
  test.each(files("negative"))("refuses flagd's example %s", (_name, text) =>
    expect(() => load(text)).toThrow("invalid"),
  );
});
