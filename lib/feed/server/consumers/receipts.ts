import type { Database, Transaction } from "../../../server/database";
import { instancesOfKey, type Receipt } from "../../receipt";
import type { FeedKey } from "../door/keyring";
import { FeedRefusal } from "../door/problems";
import { settleAlerts } from "./alerts";

type Given = {
  readonly key: Pick<FeedKey, "id" | "environment">;
  /** What the key's scope is served. */
  readonly view: {
    readonly revision: number;
    readonly bundles: Readonly<Record<string, { readonly digest: string }>>;
  };
  readonly receipt: Receipt;
  readonly now: Date;
};

/**
 * Writes down what a reader serves, or that it does not take a revision; a refusal is told at once, and so is that it
 * ended. The same receipt may come twice. Answers how many releases the reader is behind. Throws `future-revision`, and
 * `older-receipt` for an activation older than the instance's last.
 */
export async function recordReceipt(db: Database, { key, view, receipt, now }: Given): Promise<{ behind: number }> {
  return db.$transaction(async (tx) => {
    const { environment, id: keyId } = key;
    const { revision: head } = await tx.environment.findUniqueOrThrow({ where: { key: environment } });
    if (receipt.revision > head) throw new FeedRefusal("future-revision");
    const where = { keyId_instance: { keyId, instance: receipt.instance } };
    const before = await tx.consumerReceipt.findUnique({ where });
    const written = await (receipt.state === "activated"
      ? writeActivation(tx, keyId, { receipt, now, matches: matching(receipt, view) })
      : writeRefusal(tx, keyId, { receipt, now }));
    if (written === null) throw new FeedRefusal("older-receipt");
    if (before === null) await dropOldest(tx, keyId);
    const ended = receipt.state === "activated" && before !== null && before.refused !== null;
    if (ended || receipt.state === "refused") await tellOfRefusal(tx, key, receipt, now);
    return { behind: await releasesAfter(tx, environment, written.activated ?? 0) };
  });
}

/** A refusal that was told already is not looked at again: many readers refuse the same revision at once. */
async function tellOfRefusal(
  tx: Transaction,
  { id, environment }: Given["key"],
  { state, revision }: Receipt,
  now: Date,
): Promise<void> {
  const { consumerId } = await tx.consumerKey.findUniqueOrThrow({ where: { id } });
  const same = { consumerId, environmentKey: environment, kind: "refused", revision, endedAt: null };
  if (state === "refused" && (await tx.consumerAlert.findFirst({ where: same }))) return;
  await settleAlerts(tx, { consumerId, environment, now });
}

/** Whether what it serves was sent; null where another revision is served by now, or the reader gave no digest. */
function matching({ revision, digest }: Receipt, { revision: served, bundles }: Given["view"]): boolean | null {
  if (digest === undefined || revision !== served) return null;
  return Object.values(bundles).some((bundle) => bundle.digest === digest);
}

type Written = { readonly activated: number | null };
type Writing = { readonly receipt: Receipt; readonly now: Date };

/** Null where the instance has activated something newer. A refusal of what it serves now, or of older, is over. */
async function writeActivation(
  tx: Transaction,
  keyId: string,
  { receipt, now, matches }: Writing & { readonly matches: boolean | null },
): Promise<Written | null> {
  const { instance, revision, client, digest = null } = receipt;
  const [row] = await tx.$queryRaw<Written[]>`
    INSERT INTO "ConsumerReceipt" AS r
      ("keyId", "instance", "activated", "digest", "matches", "activatedAt", "client", "receivedAt")
    VALUES (${keyId}, ${instance}, ${revision}, ${digest}, ${matches}, ${now}, ${client}, ${now})
    ON CONFLICT ("keyId", "instance") DO UPDATE SET
      "activated" = EXCLUDED."activated",
      "digest" = EXCLUDED."digest",
      "matches" = CASE WHEN r."activated" = EXCLUDED."activated" AND r."digest" = EXCLUDED."digest"
        THEN coalesce(EXCLUDED."matches", r."matches") ELSE EXCLUDED."matches" END,
      "activatedAt" = CASE WHEN r."activated" = EXCLUDED."activated" THEN r."activatedAt" ELSE EXCLUDED."activatedAt" END,
      "refused" = CASE WHEN r."refused" > EXCLUDED."activated" THEN r."refused" END,
      "reason" = CASE WHEN r."refused" > EXCLUDED."activated" THEN r."reason" END,
      "refusedAt" = CASE WHEN r."refused" > EXCLUDED."activated" THEN r."refusedAt" END,
      "client" = EXCLUDED."client",
      "receivedAt" = greatest(r."receivedAt", EXCLUDED."receivedAt")
    WHERE r."activated" IS NULL OR r."activated" <= EXCLUDED."activated"
    RETURNING "activated"`;
  return row ?? null;
}

async function writeRefusal(
  tx: Transaction,
  keyId: string,
  { receipt, now }: { readonly receipt: Extract<Receipt, { state: "refused" }>; readonly now: Date },
): Promise<Written> {
  const { instance, revision: refused, reason, client } = receipt;
  const said = { refused, reason, refusedAt: now, client, receivedAt: now };
  return tx.consumerReceipt.upsert({
    where: { keyId_instance: { keyId, instance } },
    create: { keyId, instance, ...said },
    update: said,
    select: { activated: true },
  });
}

/** Whoever was not heard of for longest makes room for who is new. */
async function dropOldest(tx: Transaction, keyId: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "ConsumerReceipt" WHERE "keyId" = ${keyId} AND "instance" IN (
      SELECT "instance" FROM "ConsumerReceipt" WHERE "keyId" = ${keyId}
      ORDER BY "receivedAt" DESC, "instance" DESC OFFSET ${instancesOfKey})`;
}

async function releasesAfter(tx: Transaction, environmentKey: string, revision: number): Promise<number> {
  return tx.revision.count({ where: { environmentKey, kind: { not: "membership" }, number: { gt: revision } } });
}
