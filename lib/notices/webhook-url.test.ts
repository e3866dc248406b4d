import { describe, expect, test } from "vitest";
import { addressIn, refusedWebhookUrl } from "./webhook-url";

describe("where webhooks go", () => {
  test.each([
    "https://example.com/hooks?k=1",
    "https://example.com:8443/",
    "https://8.8.8.8/",
    "https://[2606:4700::1]/",
  ])("%s is let in", (url) => expect(refusedWebhookUrl(url, false)).toBeNull());

  test.each([
    ["http://example.com/", /https:/],
    ["ftp://example.com/", /https:/],
    ["file:///etc/passwd", /https:/],
    ["https://u:p@example.com/", /password/],
    ["https://u@example.com/", /password/],
    ["https://example.com:22/", /port/],
    ["https://example.com/#x", /#/],
    ["hooks", /address/],
    ["https://127.0.0.1/", /public/],
    ["https://2130706433/", /public/],
    ["https://0x7f000001/", /public/],
    ["https://0177.0.0.1/", /public/],
    ["https://0x7f.1/", /public/],
    ["https://127.1/", /public/],
    ["https://0/", /public/],
    ["https://①②⑦.⓪.⓪.①/", /public/],
    ["https://169.254.169.254/latest/meta-data/", /public/],
    ["https://[::1]/", /public/],
    ["https://[::ffff:127.0.0.1]/", /public/],
    ["https://[64:ff9b::10.0.0.1]/", /public/],
  ])("%s is refused", (url, why) => expect(refusedWebhookUrl(url, false)).toMatch(why));

  test("where private networks are allowed, so are http and every port, and still no password", () => {
    expect(refusedWebhookUrl("http://127.0.0.1:9000/", true)).toBeNull();
    expect(refusedWebhookUrl("ftp://127.0.0.1/", true)).toMatch(/http/);
    expect(refusedWebhookUrl("http://u:p@127.0.0.1/", true)).toMatch(/password/);
  });

  test("an address in place of a name is found whatever its form, and a name is none", () => {
    expect(addressIn(new URL("https://2130706433/"))).toBe("127.0.0.1");
    expect(addressIn(new URL("https://[::1]/"))).toBe("::1");
    expect(addressIn(new URL("https://example.com/"))).toBeNull();
  });
});
