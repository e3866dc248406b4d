import { database } from "@/lib/server/database";
import { findInstallation } from "@/lib/server/installation";

const domain = "@demo.steward";

/** In the order of the main job: who drafts, who approves, who releases, who looks up. */
const accounts = [
  { account: "author", does: "drafts segments and submits them" },
  { account: "author2", does: "drafts for another team" },
  { account: "reviewer", does: "approves or asks for changes, releases" },
  { account: "reviewer2", does: "is the second pair of eyes" },
  { account: "privacy", does: "approves what touches personal data" },
  { account: "operator", does: "releases, rolls back, runs the feed" },
  { account: "support", does: "looks customers up" },
  { account: "viewer", does: "reads" },
  { account: "admin", does: "keeps people and the catalogue" },
] as const;

export type DemoAccount = {
  readonly email: string;
  readonly account: string;
  readonly name: string;
  readonly does: string;
};

/** The accounts that anyone may use; none outside a demo. */
export async function findDemoAccounts(): Promise<readonly DemoAccount[]> {
  const db = database();
  if ((await findInstallation(db)) !== "demo") return [];
  const people = await db.person.findMany({
    where: { email: { endsWith: domain }, disabledAt: null },
    select: { email: true, name: true },
  });
  const names = new Map(people.map(({ email, name }) => [email, name]));
  return accounts.flatMap(({ account, does }) => {
    const email = account + domain;
    const name = names.get(email);
    return name === undefined ? [] : [{ email, account, name, does }];
  });
}
