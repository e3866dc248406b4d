import { Command } from "commander";
import { releasedSchema } from "../../lib/releases/contract";
import { StartError } from "../../lib/server/start-error";
import { asksInWords } from "../../lib/versions/approval-policy";
import { type Review, recordedVerdictSchema, reviewSchema, type verdictKinds } from "../../lib/versions/contract";
import { restCaller } from "./rest-caller";

type Where = { readonly url?: string };

/** What people do with a version, as on the review screen and with no more rights. */
export function versionCommand(print: (line: string) => void = console.log): Command {
  const version = new Command("version").description("review and release as the person of STEWARD_TOKEN");
  const named = (name: string, description: string) =>
    new Command(name)
      .description(description)
      .argument("<id>", "the version's id, as in the address of its review")
      .option("--url <url>", "where Steward is; STEWARD_URL or localhost without it");

  version.addCommand(
    named("show", "prints what a version is, and what it lacks").action(async (id: string, { url }: Where) => {
      print(inWords(await review(id, url)));
    }),
  );
  for (const verdict of ["approve", "request_changes", "reject"] as const) {
    version.addCommand(
      named(verdict.replace("_", "-"), `gives the verdict "${verdict.replace("_", " ")}"`)
        .requiredOption("--hash <hash>", "of the content that you looked at, at least its first 8 characters")
        .option("--comment <text>", "why")
        .action((id: string, given: Given) => judge(id, verdict, given, print)),
    );
  }
  version.addCommand(
    named("release", "releases a version")
      .requiredOption("--to <environment>", "staging or production, say")
      .option("--rollout <percent>", "to a share of customers")
      .action(async (id: string, { to: environment, rollout, url }: Where & { to: string; rollout?: string }) => {
        const share = rollout === undefined ? {} : { rollout: Number(rollout) };
        const path = `/api/v1/versions/${encodeURIComponent(id)}/release`;
        const { revision } = await restCaller(url)(releasedSchema, path, { environment, ...share });
        print(`Released to ${environment} as revision ${revision}.`);
      }),
  );
  version.addCommand(
    named("break-glass", "releases without the approvals asked for; somebody else must look at it within a day")
      .requiredOption("--to <environment>", "where")
      .requiredOption("--reason <text>", "why it cannot wait")
      .action(async (id: string, { to: environment, reason, url }: Where & { to: string; reason: string }) => {
        const path = `/api/v1/versions/${encodeURIComponent(id)}/break-glass`;
        const { revision } = await restCaller(url)(releasedSchema, path, { environment, reason });
        print(`Released to ${environment} as revision ${revision}, without its approvals: its review is open.`);
      }),
  );
  return version;
}

function review(id: string, url: string | undefined): Promise<Review> {
  return restCaller(url)(reviewSchema, `/api/v1/versions/${encodeURIComponent(id)}`);
}

type Given = Where & { readonly hash: string; readonly comment?: string };

async function judge(
  id: string,
  verdict: (typeof verdictKinds)[number],
  { hash, comment, url }: Given,
  print: (line: string) => void,
): Promise<void> {
  const { version, approvals } = await review(id, url);
  const { contentHash } = version;
  if (hash.length < 8 || !contentHash.startsWith(hash)) {
    throw new StartError("usage", `The content is ${contentHash} now: look at it, and name that hash.`);
  }
  const body = { verdict, contentHash, basis: approvals.basis, ...(comment === undefined ? {} : { comment }) };
  const path = `/api/v1/versions/${encodeURIComponent(id)}/verdicts`;
  const recorded = await restCaller(url)(recordedVerdictSchema, path, body);
  print(`Recorded. The version is ${recorded.version.state.replace("_", " ")}.`);
}

function inWords({ version, segment, approvals, drift }: Review): string {
  const missing = approvals.required
    .map((each) => ({ ...each, count: each.count - each.given }))
    .filter(({ count }) => count > 0);
  return [
    `${segment.name} v${version.number}, ${version.state.replace("_", " ")}, cycle ${version.reviewCycle}`,
    `Content ${version.contentHash}`,
    `By ${version.author.name}: ${version.note || "no note"}`,
    `Still asked for: ${asksInWords(missing)}`,
    ...drift.map((line) => `Since the evidence: ${line}`),
  ].join("\n");
}
