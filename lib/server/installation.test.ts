import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { grantToApplication } from "../../prisma/grant-to-application";
import { deployMigrations } from "../../prisma/migrate";
import { createTestDatabase, testRole } from "../testing/database";
import { findInstallation, install, isHalfInstalled, wipeInstallation } from "./installation";

const team = { key: "growth", name: "Growth" };

test("an installation is found once it is complete", async () => {
  const { db } = await createTestDatabase();
  expect(await findInstallation(db)).toBeNull();
  await install(db, "demo", async () => void (await db.team.create({ data: team })));
  expect(await findInstallation(db)).toBe("demo");
  expect(await isHalfInstalled(db)).toBe(false);
});

test("an empty installation runs no seed", async () => {
  const { db } = await createTestDatabase();
  await install(db, "empty", () => Promise.reject(new Error("seeded")));
  expect(await findInstallation(db)).toBe("empty");
});

test("an interrupted seed is wiped with the engine's files and can be made again", async () => {
  const { db, ownerUrl, unprotected } = await createTestDatabase();
  const interrupted = install(db, "demo", async () => {
    await db.team.create({ data: team });
    await unprotected((tx) => tx.auditEntry.create({ data: auditEntry }));
    throw new Error("interrupted");
  });
  await expect(interrupted).rejects.toThrow("interrupted");
  expect(await findInstallation(db)).toBeNull();
  expect(await isHalfInstalled(db)).toBe(true);

  const dataFolder = await mkdtemp(join(tmpdir(), "steward-installation-"));
  const kept = [
    "lock",
    "lock-holder.json",
    "postgres",
    "postgres-password",
    "postgres.log",
    "session-secret",
    "signing-key.pem",
  ];
  for (const name of [...kept, "customers.duckdb", "customers.duckdb.wal"]) await writeFile(join(dataFolder, name), "");
  await mkdir(join(dataFolder, "feed"));
  await wipeInstallation(ownerUrl, dataFolder);
  expect((await readdir(dataFolder)).sort()).toEqual(kept);
  await rm(dataFolder, { recursive: true });

  await deployMigrations(ownerUrl);
  await grantToApplication(ownerUrl, testRole);
  await install(db, "demo", async () => void (await db.team.create({ data: team })));
  expect(await db.team.count()).toBe(1);
  expect(await db.auditEntry.count()).toBe(0);
});

const auditEntry = {
  at: new Date(0),
  actorName: "seed",
  via: "system",
  action: "segment.created",
  subjectType: "segment",
  subjectId: "1",
  previousHash: "",
  hash: "a",
};
