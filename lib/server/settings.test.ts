import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parseSettings } from "./settings";
import { StartError } from "./start-error";

describe("settings", () => {
  test("everything has a default, and an empty variable counts as unset", () => {
    const settings = parseSettings({ PORT: "", DATABASE_URL: "", STEWARD_DEMO: "" });
    expect(settings).toMatchObject({
      port: 3000,
      dataFolder: resolve(".data"),
      databaseUrl: undefined,
      demo: undefined,
    });
  });

  test.each([
    ["PORT", "many", 'PORT must be a port from 0 to 65535, and is "many".'],
    ["PORT", "70000", "PORT must be"],
    ["STEWARD_DEMO", "yes", 'STEWARD_DEMO must be 0 or 1, and is "yes".'],
    ["STEWARD_DEMO_CUSTOMERS", "10", "STEWARD_DEMO_CUSTOMERS must be a whole number from 2000 to 1000000"],
    [
      "DATABASE_URL",
      "mysql://u:secret@h/d",
      "DATABASE_URL must be an address that starts with postgres:// or postgresql://",
    ],
    ["SESSION_SECRET", "short", "SESSION_SECRET must be at least 32 characters"],
    ["STEWARD_FEED_SECRET", "short", "STEWARD_FEED_SECRET must be at least 32 characters"],
    ["STEWARD_FEED_RATE", "0", "STEWARD_FEED_RATE must be a whole number from 1 to 1000000"],
    ["STEWARD_ACCESS_LOG", "some", "STEWARD_ACCESS_LOG must be off, errors or all"],
    ["OIDC_ISSUER", "example.org", "OIDC_ISSUER must be an address"],
    ["OIDC_SCOPE", "email", 'OIDC_SCOPE must be scopes with openid among them, divided by spaces, and is "email".'],
    ["SMTP_URL", "mail.example.org", "SMTP_URL must be an address that starts with smtp:// or smtps://"],
    ["MAIL_FROM", "Steward", "MAIL_FROM must be an e-mail address"],
    [
      "OIDC_GROUP_ROLES",
      "staff=editor",
      'OIDC_GROUP_ROLES must be groups with their roles, as "steward-admins=admin,author; steward-reviewers=reviewer" ' +
        '(the group "staff" has "editor", where roles are viewer, support, author,',
    ],
  ])("%s=%s is refused by name with what is accepted", (name, value, message) => {
    const parse = () => parseSettings({ [name]: value });
    expect(parse).toThrow(StartError);
    expect(parse).toThrow(message);
  });

  test("an owner's address needs the application's beside it", () => {
    const parse = () => parseSettings({ DATABASE_OWNER_URL: "postgres://owner@h/d" });
    expect(parse).toThrow(/DATABASE_URL must be a value, as DATABASE_OWNER_URL is set/);
  });

  test("checkpoints lie in the data folder unless it is said where", () => {
    expect(parseSettings({ STEWARD_DATA: "d" }).checkpointsFolder).toBe(resolve("d", "audit-checkpoints"));
    expect(parseSettings({ STEWARD_CHECKPOINTS: "/elsewhere" }).checkpointsFolder).toBe(resolve("/elsewhere"));
  });

  test("an error does not repeat a secret or an address with one", () => {
    const parse = () => parseSettings({ DATABASE_URL: "mysql://u:hunter2@h/d", SESSION_SECRET: "hunter2" });
    expect(parse).not.toThrow(/hunter2/);
  });

  test("single sign-on needs its client as well", () => {
    const issuer = { OIDC_ISSUER: "https://id.example.org" };
    expect(() => parseSettings(issuer)).toThrow(
      /OIDC_CLIENT_ID must be a value[\s\S]*OIDC_CLIENT_SECRET must be a value/,
    );
    const whole = { ...issuer, OIDC_CLIENT_ID: "steward", OIDC_CLIENT_SECRET: "s" };
    expect(parseSettings(whole).oidc).toEqual({
      issuer: "https://id.example.org",
      clientId: "steward",
      clientSecret: "s",
      scope: "openid email profile",
      groupsClaim: "groups",
      trustsEmail: false,
    });
  });

  test("mail needs a sender, and the address that its links begin with", () => {
    const mail = { SMTP_URL: "smtps://u:p@mail.example.org" };
    expect(() => parseSettings(mail)).toThrow(/MAIL_FROM must be a value[\s\S]*STEWARD_URL must be a value/);
    const from = "Steward <steward@example.org>";
    const whole = { ...mail, MAIL_FROM: from, STEWARD_URL: "https://steward.example.org" };
    expect(parseSettings(whole).mail).toEqual({ smtpUrl: mail.SMTP_URL, from });
  });
});
