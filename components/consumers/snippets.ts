import type { ConsumerKeyItem } from "@/lib/feed/contract";

export type Snippet = { readonly title: string; readonly text: string };

type SnippetKey = Pick<ConsumerKeyItem, "environment" | "rights">;

/** Ways to use a key, the plainest first. The key itself stands in STEWARD_KEY, so that none of them can leak it. */
export function snippetsFor({ environment, rights }: SnippetKey, origin: string): Snippet[] {
  const feed = `${origin}/feed/v1/${environment}`;
  const curls = curlsFor(rights, feed, origin);
  if (!rights.includes("definitions")) return [{ title: "curl", text: curls }];
  return [
    { title: "curl", text: curls },
    { title: "Client", text: clientText(feed) },
    { title: "OpenFeature", text: openFeatureText(feed) },
    { title: "nginx", text: nginxText(origin, environment) },
  ];
}

function curlsFor(rights: SnippetKey["rights"], feed: string, origin: string): string {
  const asked = 'curl --fail --compressed -H "Authorization: Bearer $STEWARD_KEY"';
  const paths = [
    ...(rights.includes("definitions") ? [`${asked} ${feed}/bundle`] : []),
    ...(rights.includes("members") ? [`${asked} "${feed}/changes?after=0"`] : []),
    ...(rights.includes("customers") ? [`${asked} ${feed}/customers/CUSTOMER`] : []),
    ...(rights.includes("receipts") ? [`${asked} --json '{"state":"activated","revision":1}' ${feed}/receipts`] : []),
    ...(rights.includes("ingest")
      ? [
          `${asked} -H "Content-Type: application/x-ndjson" --data-binary @customers.ndjson ${origin}/ingest/v1/customers`,
        ]
      : []),
  ];
  return paths.join("\n");
}

function clientText(feed: string): string {
  return `import { connect } from "@steward/client";

const steward = connect({
  url: "${feed}",
  key: process.env.STEWARD_KEY,
  cacheFile: "/var/lib/gateway/steward.json",
  instance: process.env.HOSTNAME,
});
await steward.ready();
steward.segmentsOf({ id: "CUSTOMER", region: "eu", consents: [], objections: [], attributes: {} });`;
}

function openFeatureText(feed: string): string {
  return `import { FlagdCore } from "@openfeature/flagd-core";
import { DefaultLogger, OpenFeature } from "@openfeature/server-sdk";

const answer = await fetch("${feed}/bundle?format=flagd", {
  headers: { authorization: \`Bearer \${process.env.STEWARD_KEY}\` },
});
const flagd = new FlagdCore();
flagd.setConfigurations(await answer.text());
const logger = new DefaultLogger();
await OpenFeature.setProviderAndWait({
  metadata: { name: "steward" },
  runsOn: "server",
  resolveBooleanEvaluation: async (...asked) => flagd.resolveBooleanEvaluation(...asked, logger),
  // String, Number and Object are resolved in the same way.
});`;
}

function nginxText(origin: string, environment: string): string {
  return `# Before one feed or several of one installation. What a key is answered is private to it: nothing is cached.
location /feed/v1/${environment}/ {
  proxy_pass ${origin};
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Accept-Encoding "";
  proxy_next_upstream error timeout http_502 http_503;
  gzip on;
  gzip_proxied any;
  gzip_types application/json application/jwk-set+json;
}`;
}
