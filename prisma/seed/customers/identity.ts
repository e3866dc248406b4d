import type { Random } from "../random";
import { familyNames, firstNames } from "./names";
import type { RegionKey } from "./residence";

/** Domains that are reserved for examples: no message can ever reach anyone. */
const mailDomains = ["example.com", "example.org", "example.net", "mail.example.com", "post.example.org"] as const;

export type Identity = { full_name: string; email?: string; phone?: string };

export function drawIdentity(random: Random, home: RegionKey, id: string): Identity {
  const first = random.pick(firstNames[home]);
  const family = random.pick(familyNames[home]);
  const mailbox = `${plain(first)}.${plain(family)}.${id.slice(-4)}`;
  return {
    full_name: `${first} ${family}`,
    ...(random.chance(0.965) ? { email: `${mailbox}@${random.pick(mailDomains)}` } : {}),
    ...(random.chance(0.58) ? { phone: drawPhone(random, home) } : {}),
  };
}

/** Numbers from ranges that regulators set aside for fiction. */
function drawPhone(random: Random, home: RegionKey): string {
  const digits = (count: number) => String(random.integer(0, 10 ** count - 1)).padStart(count, "0");
  if (home === "uk") return `+447700900${digits(3)}`;
  if (home === "us") return `+121255501${digits(2)}`;
  if (home === "ca") return `+161355501${digits(2)}`;
  if (home === "apac") return `+6149157${digits(4)}`;
  return `+3532091${digits(5)}`;
}

const mailboxes = new Map<string, string>();

const lettersWithoutMarks: Readonly<Record<string, string>> = { ß: "ss", ø: "o", ł: "l" };

/** The name as it stands in an address; computed once for each name. */
function plain(name: string): string {
  const known = mailboxes.get(name);
  if (known !== undefined) return known;
  const mailbox = name
    .toLowerCase()
    .replace(/[ßøł]/g, (letter) => lettersWithoutMarks[letter] ?? letter)
    .normalize("NFD")
    .replace(/[^a-z]/g, "");
  mailboxes.set(name, mailbox);
  return mailbox;
}
