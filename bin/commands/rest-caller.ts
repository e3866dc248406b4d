import type { z } from "zod";
import { problemSchema } from "../../lib/http/problem";
import { settings } from "../../lib/server/settings";
import { StartError } from "../../lib/server/start-error";

export type RestCaller = <Schema extends z.ZodType>(
  answer: Schema,
  path: string,
  body?: unknown,
) => Promise<z.output<Schema>>;

/**
 * Calls a running Steward as the person whose personal token is in STEWARD_TOKEN: what a command does there is done by
 * the same verbs, with the same checks, as on a screen. A body makes it a POST. Throws a StartError with what the
 * server says.
 */
export function restCaller(url = defaultUrl(), token = process.env.STEWARD_TOKEN): RestCaller {
  if (!token) {
    const made = "npm run steward -- token create --person EMAIL --name NAME";
    throw new StartError(
      "usage",
      `Set STEWARD_TOKEN to a personal token: this is done as a person. One is made by\n  ${made}`,
    );
  }
  return async (schema, path, body) => {
    const response = await fetch(new URL(path, url), {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new StartError("unexpected", `No Steward answers at ${url}.`, { cause });
    });
    const json: unknown = await response.json().catch(() => null);
    if (response.ok) return schema.parse(json);
    const { data: problem } = problemSchema.safeParse(json);
    const findings = (problem?.findings ?? []).map(({ path: place, message }) => `\n  ${place}: ${message}`);
    const said = problem
      ? `${problem.detail} (${problem.code})${findings.join("")}`
      : `It answered ${response.status}.`;
    throw new StartError("unexpected", said);
  };
}

function defaultUrl(): string {
  const { publicUrl, port } = settings();
  return publicUrl ?? `http://localhost:${port}`;
}
