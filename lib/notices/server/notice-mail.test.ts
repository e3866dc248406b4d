import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import { type SmtpSink, startSmtpSink } from "../../testing/smtp-sink";
import { mostTries, retryWaitsSeconds } from "../retry-waits";
import { smtpMailer } from "./mailer";
import { noticeMail } from "./notice-mail";
import { notify } from "./notify";

const now = new Date("2026-06-01T12:00:00.000Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const actor = { id: "maker", name: "Maker", via: "session" };

let database: TestDatabase;
let sink: SmtpSink;

beforeAll(async () => {
  [database, sink] = await Promise.all([createTestDatabase(), startSmtpSink()]);
  await database.db.person.createMany({
    data: ["ada", "bea", "maker"].map((name) => ({ id: name, name, email: `${name}@x.test` })),
  });
});
beforeEach(() => {
  sink.answer = "takes";
});
afterEach(async () => {
  await database.db.notice.deleteMany();
  await database.db.person.updateMany({ data: { mailNotices: true, disabledAt: null } });
});
afterAll(() => Promise.all([database.drop(), sink.close()]));

/** Runs the job at an instant; the mails it sent. */
async function mailedAt(at: Date, url = sink.url) {
  const before = sink.mails.length;
  const mailer = smtpMailer({ smtpUrl: url, from: "Steward <steward@x.test>" });
  await noticeMail({ mailer, address: "https://steward.test" })(database.db, at);
  return sink.mails.slice(before);
}

function tell(title: string, to: readonly string[] = ["ada"]): Promise<void> {
  return database.db.$transaction((tx) =>
    notify(tx, { actor, now }, { to, kind: "review.requested", title, body: "customer 4711", href: "/reviews/v1" }),
  );
}

async function states() {
  const rows = await database.db.notice.findMany({ orderBy: { id: "asc" } });
  return rows.map(({ mail, mailTries }) => [mail, mailTries]);
}

test("notices of one person that are due together come as one mail, and once", async () => {
  await tell("First");
  await tell("Second", ["ada", "bea"]);
  const mails = await mailedAt(now);
  expect(mails.map(({ to }) => to).toSorted()).toEqual([["ada@x.test"], ["bea@x.test"]]);
  const adas = mails.find(({ to }) => to.includes("ada@x.test"))?.raw;
  expect(adas).toContain("Subject: First, and 1 more");
  expect(adas).toContain("https://steward.test/reviews/v1");
  expect(await mailedAt(later(86_000))).toEqual([]);
  expect(await states()).toEqual([
    ["delivered", 1],
    ["delivered", 1],
    ["delivered", 1],
  ]);
});

test("what people wrote does not leave by mail", async () => {
  await tell("First");
  expect((await mailedAt(now))[0]?.raw).not.toContain("4711");
});

test("whoever acts, and whoever is disabled, is told nothing", async () => {
  await database.db.person.update({ where: { id: "bea" }, data: { disabledAt: now } });
  await tell("First", ["maker", "bea", "nobody"]);
  expect(await states()).toEqual([]);
});

test.each([
  ["wants no mail", () => database.db.person.updateMany({ data: { mailNotices: false } })],
  ["was disabled since", () => database.db.person.updateMany({ data: { disabledAt: now } })],
  ["has read it", () => database.db.notice.updateMany({ data: { readAt: now } })],
])("no mail goes to who %s", async (_, change) => {
  await tell("First");
  await change();
  expect(await mailedAt(now)).toEqual([]);
});

test("a server that refuses at first gets the mail later", async () => {
  await tell("First");
  sink.answer = "refuses recipients";
  expect(await mailedAt(now)).toEqual([]);
  expect(await states()).toEqual([["pending", 1]]);
  sink.answer = "takes";
  expect(await mailedAt(later(59))).toEqual([]);
  expect(await mailedAt(later(60))).toHaveLength(1);
  expect(await states()).toEqual([["delivered", 2]]);
});

test("after the sixth refusal the mail is given up, and the notice stays", async () => {
  await tell("First");
  sink.answer = "refuses recipients";
  let seconds = 0;
  for (const wait of [0, ...retryWaitsSeconds]) {
    seconds += wait;
    await mailedAt(later(seconds));
  }
  expect(await states()).toEqual([["failed", mostTries]]);
  sink.answer = "takes";
  expect(await mailedAt(later(86_000))).toEqual([]);
});

test("one refused recipient keeps nobody else waiting", async () => {
  await tell("First", ["ada", "bea"]);
  sink.answer = "refuses recipients";
  await mailedAt(now);
  expect(await states()).toEqual([
    ["pending", 1],
    ["pending", 1],
  ]);
});

test.each([
  ["refuses connections", () => sink.url],
  ["is not there", () => "smtp://127.0.0.1:1"],
])("a server that %s is asked once, not for each person", async (_, url) => {
  await tell("First", ["ada", "bea"]);
  sink.answer = "refuses connections";
  await mailedAt(now, url());
  expect((await states()).toSorted()).toEqual([
    ["pending", 0],
    ["pending", 1],
  ]);
  sink.answer = "takes";
  expect(await mailedAt(later(60))).toHaveLength(2);
});

test("what was made more than a day before mail was set up is not sent", async () => {
  await tell("First");
  expect(await mailedAt(later(86_400))).toEqual([]);
  expect(await states()).toEqual([["pending", 0]]);
});

test("two processes at once send each notice once", async () => {
  await tell("First", ["ada", "bea"]);
  const before = sink.mails.length;
  await Promise.all([mailedAt(now), mailedAt(now), mailedAt(now)]);
  expect(sink.mails).toHaveLength(before + 2);
});
