import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { DomainError } from "../../lib/errors";
import { isObject } from "../../lib/rules/check-bounds";
import { StartError } from "../../lib/server/start-error";

/** What a person gave to look at: a rule, or a whole segment document around one. */
export type Given = {
  readonly kind: "rule" | "document";
  readonly input: unknown;
  /** The rule, or the document's. */
  readonly rule: unknown;
};

/** Of a JSON file, or of what comes in where the name is "-". */
export async function readGiven(file: string): Promise<Given> {
  const input = await readJson(file);
  if (!isObject(input) || !("definition" in input)) return { kind: "rule", input, rule: input };
  const { definition } = input;
  return { kind: "document", input, rule: isObject(definition) && "rule" in definition ? definition.rule : undefined };
}

export async function readJson(file: string): Promise<unknown> {
  const content = await read(file);
  try {
    return JSON.parse(content.replace(/^\ufeff/, ""));
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : String(error);
    throw new DomainError("invalid", `${file === "-" ? "The input" : file} is not JSON: ${why}`, {
      reason: "not-json",
    });
  }
}

async function read(file: string): Promise<string> {
  if (file === "-") return text(process.stdin);
  return readFile(placeOf(file), "utf8").catch((error: unknown) => {
    throw unreadableFile(file, error);
  });
}

/** npm runs its scripts in the project's folder, and says where the person was. */
export function placeOf(file: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), file);
}

export function unreadableFile(file: string, cause: unknown): StartError {
  return new StartError("usage", `${file} cannot be read.`, { cause });
}
