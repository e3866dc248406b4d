import { compile } from "../rules/evaluate";
import { readTree } from "../rules/read-tree";
import type { MatchedSegment, Standing, TreatmentValue } from "./api";
import { digestOf } from "./digest";
import { countOf, integerOf, type Json, listOf, objectOf, oneOf, textOf, utf8 } from "./shape";
import type { Head } from "./signed-head";
import { StewardError } from "./steward-error";

export type BundledSegment = MatchedSegment & {
  readonly treatments: Readonly<Record<string, TreatmentValue>>;
  readonly takes: ReturnType<typeof compile>;
  /** The whole definition as it was sent: another text is another definition. */
  readonly text: string;
};

/** A bundle that the head vouches for, with every rule compiled. */
export type Bundle = { readonly bytes: Uint8Array<ArrayBuffer>; readonly segments: readonly BundledSegment[] };

/** Throws a StewardError unless these are the bytes that the head names, and every rule in them can be evaluated. */
export async function readBundle(bytes: Uint8Array<ArrayBuffer>, head: Head): Promise<Bundle> {
  const { bundle } = head;
  if (bytes.length < bundle.bytes) {
    throw new StewardError("truncated", `The bundle has ${bytes.length} of ${bundle.bytes} bytes.`);
  }
  const digest = await digestOf(bytes);
  if (bytes.length > bundle.bytes || digest !== bundle.digest) {
    throw new StewardError("digest-mismatch", `The bundle's digest is ${digest}, the head says ${bundle.digest}.`);
  }
  return { bytes, segments: malformed(() => segmentsIn(JSON.parse(utf8(bytes)), head)) };
}

function segmentsIn(given: unknown, { environment, released }: Head): BundledSegment[] {
  const bundle = objectOf(given, "the bundle");
  oneOf([environment], bundle.environment, "environment");
  if (bundle.revision !== released) throw new TypeError(`revision is not ${released}`);
  const segments = listOf(bundle.segments, "segments").map((each, index) => readSegment(each, `segments[${index}]`));
  const keys = new Set(segments.map(({ key }) => key));
  if (keys.size < segments.length) throw new TypeError("a segment stands twice in segments");
  return segments;
}

function readSegment(given: unknown, place: string): BundledSegment {
  const segment = objectOf(given, place);
  const key = textOf(segment.key, `${place}.key`);
  return {
    key,
    name: textOf(segment.name, `${place}.name`),
    version: countOf(segment.version, `${place}.version`),
    hash: textOf(segment.hash, `${place}.hash`),
    precedence: integerOf(segment.precedence, `${place}.precedence`),
    standing: readStanding(segment.standing, `${place}.standing`),
    treatments: readTreatments(objectOf(segment.treatments, `${place}.treatments`), `${place}.treatments`),
    takes: compiled(key, segment.rule),
    text: JSON.stringify(segment),
  };
}

/** Loudly: a rule that this reader does not know whole would take the wrong customers. */
function compiled(key: string, rule: unknown): BundledSegment["takes"] {
  try {
    return compile(readTree(rule));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new StewardError("unreadable-rule", `The rule of segment "${key}" cannot be read: ${message}`, {
      cause: error,
    });
  }
}

function readTreatments(given: Json, place: string): Record<string, TreatmentValue> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return [name, value];
      throw new TypeError(`${place}.${name} is not a text, a number, true or false`);
    }),
  );
}

function readStanding(given: unknown, place: string): Standing | null {
  if (given === null) return null;
  const { state, notice, removalAt, replacement } = objectOf(given, place);
  return {
    state: oneOf(["deprecated", "archived"], state, `${place}.state`),
    notice: textOf(notice, `${place}.notice`),
    ...(removalAt !== undefined && { removalAt: textOf(removalAt, `${place}.removalAt`) }),
    ...(replacement !== undefined && { replacement: textOf(replacement, `${place}.replacement`) }),
  };
}

function malformed<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof StewardError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new StewardError("malformed-bundle", `The bundle cannot be read: ${message}.`, { cause: error });
  }
}
