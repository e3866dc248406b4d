import { readFile } from "node:fs/promises";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { can, type Role, roles } from "../lib/access/permissions";
import { serverLog } from "../playwright.config";
import type { Person } from "./console";
import { type Places, pageAddresses } from "./page-addresses";
import { customerMarker, enter, marker, plant } from "./planted";

/** Every page as every role, as HTML and as what the browser loads instead of it, with personal values planted. */
const people = [...roles, "author2"] as const satisfies readonly Person[];
let as: Record<Person, APIRequestContext>;
let places: Places;
let sections: string[];

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ playwright, baseURL }) => {
  const contexts = people.map(async (person) => {
    const request = await playwright.request.newContext({
      ...(baseURL === undefined ? {} : { baseURL }),
      extraHTTPHeaders: { "sec-fetch-site": "same-origin" },
    });
    await enter(request, person);
    return [person, request] as const;
  });
  as = Object.fromEntries(await Promise.all(contexts)) as Record<Person, APIRequestContext>;
  places = await plant(as);
  const settings = await (await as.admin.get("/settings/attributes")).text();
  sections = [
    ...new Set([...settings.matchAll(/role="tab" id="[^"]*-tab-([a-z-]+)"/g)].flatMap(([, key = ""]) => key)),
  ];
  expect(sections).toContain("people");
});
test.afterAll(async () => {
  for (const request of Object.values(as)) await request.dispose();
});

const representations: readonly Readonly<Record<string, string>>[] = [
  { accept: "text/html" },
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
];

/** No text in UTF-8: what answers is the page for what nobody foresaw. */
const unreadable = "/customers/%E0%A4%A";

/** What answers with a file, and addresses that lead nowhere. */
function besidePages(): string[] {
  return [
    `/api/v1/lists/${places.lists}/export`,
    `/api/v1/imports/${places.imports}/rejects`,
    "/api/v1/audit/export",
    ...["/nowhere", "/segments/nobody", "/reviews/nobody", "/settings/nothing", "/lists/%00", unreadable],
  ];
}

type Told = { readonly address: string; readonly status: number; readonly text: string };

async function toldTo(role: Role): Promise<Told[]> {
  const asked = pageAddresses(places, sections).flatMap((address) =>
    representations.map((headers) => ({ address, headers })),
  );
  const waiting = [...asked, ...besidePages().map((address) => ({ address, headers: {} }))];
  const told: Told[] = [];
  const ask = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { address, headers } = next;
      const response = await as[role].get(address, { headers });
      const text = `${JSON.stringify(response.headers())}\n${await response.text()}`;
      told.push({ address, status: response.status(), text });
    }
  };
  await Promise.all([ask(), ask(), ask(), ask()]);
  return told;
}

const telling = (told: readonly Told[], what: string) =>
  told.filter(({ text }) => text.includes(what)).map(({ address }) => address);

for (const role of roles) {
  test(`no page, payload, file or error tells a personal value to ${role}`, async () => {
    const told = await toldTo(role);
    expect(telling(told, marker)).toEqual([]);
    expect(told.filter(({ status }) => status >= 500).map(({ address }) => address)).toEqual([unreadable]);
    expect(told.filter(({ status }) => status === 200).length).toBeGreaterThan(80);
    if (can({ roles: [role] }, "customer.read")) return;
    const ownAddress = `/customers/${places.customers}`;
    expect(telling(told, customerMarker).filter((address) => address !== ownAddress)).toEqual([]);
  });
}

test("a customer's personal values are told to privacy once it said what for, and to support never", async () => {
  const look = async (role: Role, query: string) =>
    (await as[role].get(`/api/v1/customers/${places.customers}${query}`)).text();
  const purpose = "?accessPurpose=complaint&accessReference=T-1";
  expect(await look("privacy", "")).not.toContain(marker);
  expect(await look("privacy", purpose)).toContain(`${marker} name 1`);
  for (const query of ["", purpose]) expect(await look("support", query)).not.toContain(marker);
});

test("who looks for a customer by what names them leaves it in no log", async () => {
  for (const identifier of [`email:${marker}-login-1@secret.test`, `account:${marker}-account-1@secret.test`]) {
    const query = new URLSearchParams({ identifier });
    expect(await (await as.support.get(`/api/v1/customers?${query}`)).text()).toContain(places.customers);
  }
  const log = await readFile(serverLog, "utf8");
  expect(log).toContain("Steward is at");
  expect(log.split("\n").filter((line) => line.includes(marker) || line.includes(customerMarker))).toEqual([]);
});
