import { readFile } from "node:fs/promises";
import { Command } from "commander";
import type { AuditVerification } from "../../lib/audit/contract";
import { verifyAudit } from "../../lib/audit/server/verify-audit";
import { DomainError } from "../../lib/errors";
import { type PackVerification, verifyEvidencePack } from "../../lib/releases/server/verify-evidence-pack";
import { withDatabase } from "../../lib/server/command-database";
import { settings } from "../../lib/server/settings";
import { publicKeysIn, readPublicKeys } from "../../lib/server/signing-key";

export function auditCommand(): Command {
  const verify = new Command("verify")
    .description("walks the audit's hash chain beside its signed checkpoints; ends with 1 where it is broken")
    .action(() =>
      withDatabase(async (db) => {
        const { dataFolder, checkpointsFolder: folder } = settings();
        const verified = await verifyAudit(db, { folder, keys: await readPublicKeys(dataFolder) });
        print(auditLines(verified), verified.ok);
      }),
    );
  const verifyPack = new Command("verify-pack")
    .description("checks a release's evidence pack, without a database; ends with 1 where something is wrong with it")
    .argument("<file>", "the pack")
    .option("--key <file>", "the public keys, as /api/v1/signing-keys gives them, or PEM; else the data folder's")
    .action(async (file: string, { key }: { key?: string }) => {
      const keys =
        key === undefined ? await readPublicKeys(settings().dataFolder) : await publicKeysIn(await text(key));
      const verified = await verifyEvidencePack(await json(file), keys);
      print(packLines(verified), verified.faults.length === 0);
    });
  return new Command("audit").description("the record of every change").addCommand(verify).addCommand(verifyPack);
}

function print(lines: readonly string[], ok: boolean): void {
  for (const line of lines) console.log(line);
  if (!ok) process.exitCode = 1;
}

function auditLines({ ok, entries, brokenAt, head, checkpoints }: AuditVerification): string[] {
  const last = checkpoints?.last;
  return [
    ok ? `${entries} entries, unbroken, head ${head}` : `Broken at entry ${brokenAt?.sequence}: ${brokenAt?.why}.`,
    last
      ? `${checkpoints.count} checkpoints, the last one of entry ${last.sequence} at ${last.at}, key ${last.keyId}`
      : "No checkpoints.",
    ...(checkpoints?.torn ? [`${checkpoints.torn} lines of checkpoints were cut off by a crash.`] : []),
  ];
}

function packLines({ pack, keyId, faults }: PackVerification): string[] {
  if (pack === null || faults.length > 0) return [...faults];
  const { release, audit, checkpoint, quorum } = pack;
  const approvals = quorum?.asks.flatMap(({ given }) => given).length ?? 0;
  return [
    `Sound: ${release.segmentKey} v${release.version.number}, revision ${release.revision} of ${release.environment}.`,
    `Signed at ${pack.madeAt} with key ${keyId}; ${approvals} approvals counted, ${audit.length} audit entries.`,
    checkpoint
      ? `Covered by the checkpoint of entry ${checkpoint.sequence} at ${checkpoint.at}.`
      : "No checkpoint yet.",
  ];
}

async function json(file: string): Promise<unknown> {
  const content = await text(file);
  try {
    return JSON.parse(content);
  } catch {
    throw new DomainError("invalid", `${file} is not JSON.`);
  }
}

function text(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => {
    throw new DomainError("not-found", `${file} cannot be read.`);
  });
}
