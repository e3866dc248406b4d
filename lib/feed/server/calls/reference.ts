import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { z } from "zod";
import type { FeedHono } from "./call";

const contentSchema = z.record(z.string(), z.object({ schema: z.unknown() }).loose());
const operationSchema = z.object({
  summary: z.string().default(""),
  parameters: z
    .array(
      z.object({
        ...{ name: z.string(), in: z.string(), required: z.boolean().default(false) },
        description: z.string().default(""),
      }),
    )
    .default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: contentSchema.optional() })),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.partialRecord(z.enum(["get", "post"]), operationSchema)),
});

type Operation = z.output<typeof operationSchema>;
type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What openapi.json says, to be read: made of the same document. */
export function addReference(app: FeedHono, documentOf: (app: FeedHono) => object): void {
  app.get("/v1/:environment/openapi.json", (c) => c.json(documentOf(app)));
  app.get("/v1/:environment/docs", (c) => {
    const { paths } = documentSchema.parse(documentOf(app));
    c.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
    return c.html(page(c.req.param("environment"), paths));
  });
}

function page(environment: string, paths: z.output<typeof documentSchema>["paths"]): Markup {
  const calls = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) =>
      operation ? [callMarkup(`${method.toUpperCase()} /feed${path}`, operation)] : [],
    ),
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Steward feed: ${environment}</title>
        <style>${raw(style)}</style>
      </head>
      <body>
        <main>
          <h1>Steward feed: ${environment}</h1>
          <p>Send the key as <code>Authorization: Bearer stw_…</code>. For programs: <a href="openapi.json">openapi.json</a>.</p>
          ${calls}
        </main>
      </body>
    </html>`;
}

function callMarkup(name: string, { summary, parameters, requestBody, responses }: Operation): Markup {
  return html`<section>
    <h2><code>${name}</code></h2>
    <p>${summary}</p>
    ${parameters.length === 0 ? "" : html`<ul>${parameters.map(parameterMarkup)}</ul>`}
    ${requestBody ? html`<h3>Body</h3>${contentMarkup(requestBody.content)}` : ""}
    <h3>Answers</h3>
    <dl>
      ${Object.entries(responses).map(
        ([status, { description, content }]) =>
          html`<dt><code>${status}</code></dt><dd>${description}${content ? contentMarkup(content) : ""}</dd>`,
      )}
    </dl>
  </section>`;
}

function parameterMarkup({ name, in: place, required, description }: Operation["parameters"][number]): Markup {
  const about = [place, ...(required ? ["required"] : [])].join(", ");
  return html`<li><code>${name}</code> (${about})${description && `: ${description}`}</li>`;
}

function contentMarkup(content: z.output<typeof contentSchema>): Markup[] {
  return Object.entries(content).map(
    ([type, { schema }]) =>
      html`<details><summary>${type}</summary><pre>${JSON.stringify(schema, null, 2)}</pre></details>`,
  );
}

const style = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  main { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
  section { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); margin-top: 2rem; }
  h2 { font-size: 1.1rem; overflow-wrap: anywhere; } h3 { font-size: 0.9rem; margin-bottom: 0; }
  dt { float: left; clear: left; width: 3.5rem; } dd { margin: 0 0 0.25rem 3.5rem; }
  pre { overflow: auto; max-height: 30rem; font-size: 0.85rem; }
`;
