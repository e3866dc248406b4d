import { Command } from "commander";
import { verifyAudit } from "../../lib/audit/server/verify-audit";
import { withDatabase } from "../../lib/server/command-database";

export function auditCommand(): Command {
  const verify = new Command("verify")
    .description("walks the audit record's hash chain; ends with 1 where it is broken")
    .action(() =>
      withDatabase(async (db) => {
        const { ok, entries, brokenAt, head } = await verifyAudit(db);
        if (ok) return console.log(`${entries} entries, unbroken, head ${head}`);
        console.log(`Broken at entry ${brokenAt?.sequence}: ${brokenAt?.why}.`);
        process.exitCode = 1;
      }),
    );
  return new Command("audit").description("the record of every change").addCommand(verify);
}
