import { expect, test } from "vitest";
import { mailOf } from "./mail-of";

const address = "https://steward.example.com";
const submitted = { title: "Win-back waits for review", href: "/reviews/v1" };

test("a mail about one notice has its title as subject, and its link absolute", () => {
  const { subject, text, html } = mailOf("Ada", [submitted], address);
  expect(subject).toBe("Win-back waits for review");
  expect(text).toContain("Win-back waits for review\nhttps://steward.example.com/reviews/v1");
  expect(html).toContain('<a href="https://steward.example.com/reviews/v1">Win-back waits for review</a>');
});

test("a mail about several names the first in its subject, and each inside", () => {
  const { subject, text } = mailOf(
    "Ada",
    [submitted, { title: "Loyal was released", href: "/segments/loyal" }],
    address,
  );
  expect(subject).toBe("Win-back waits for review, and 1 more");
  expect(text).toContain("Loyal was released\nhttps://steward.example.com/segments/loyal");
});

test("what a title holds is neither a line of its own nor HTML", () => {
  const title = 'A <b>"bold"</b> name &\r\nBcc: eve@example.com';
  const { subject, text, html } = mailOf("<Ada>", [{ title, href: "/" }], address);
  expect(subject).toBe('A <b>"bold"</b> name & Bcc: eve@example.com');
  expect(text).not.toMatch(/^Bcc:/m);
  expect(html).toContain("A &lt;b&gt;&quot;bold&quot;&lt;/b&gt; name &amp; Bcc");
  expect(html).toContain("Hello &lt;Ada&gt;");
});

test("a link leads to the console, whatever the notice says", () => {
  expect(mailOf("Ada", [{ title: "t", href: "//evil.example.com/x" }], address).text).not.toContain(
    "evil.example.com/x",
  );
});
