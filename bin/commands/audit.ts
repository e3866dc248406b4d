import { Command } from "commander";
import { type AuditVerification, verifyAudit } from "../../lib/audit/server/verify-audit";
import { withDatabase } from "../../lib/server/command-database";
import { settings } from "../../lib/server/settings";
import { readPublicKeys } from "../../lib/server/signing-key";

export function auditCommand(): Command {
  const verify = new Command("verify")
    .description("walks the audit's hash chain beside its signed checkpoints; ends with 1 where it is broken")
    .action(() =>
      withDatabase(async (db) => {
        const { dataFolder, checkpointsFolder: folder } = settings();
        const verified = await verifyAudit(db, { folder, keys: await readPublicKeys(dataFolder) });
        for (const line of linesOf(verified)) console.log(line);
        if (!verified.ok) process.exitCode = 1;
      }),
    );
  return new Command("audit").description("the record of every change").addCommand(verify);
}

function linesOf({ ok, entries, brokenAt, head, checkpoints }: AuditVerification): string[] {
  const last = checkpoints?.last;
  return [
    ok ? `${entries} entries, unbroken, head ${head}` : `Broken at entry ${brokenAt?.sequence}: ${brokenAt?.why}.`,
    last
      ? `${checkpoints.count} checkpoints, the last one of entry ${last.sequence} at ${last.at}, key ${last.keyId}`
      : "No checkpoints.",
    ...(checkpoints?.torn ? [`${checkpoints.torn} lines of checkpoints were cut off by a crash.`] : []),
  ];
}
