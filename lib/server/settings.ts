import { join, resolve } from "node:path";
import { z } from "zod";
import { groupRolesExample, parseGroupRoles } from "../access/group-roles";
import { StartError } from "./start-error";

const switchValue = z.enum(["0", "1"], "0 or 1").transform((value) => value === "1");

function wholeNumber(from: number, to: number) {
  const accepted = `a whole number from ${from} to ${to}`;
  return z.coerce.number(accepted).int(accepted).min(from, accepted).max(to, accepted);
}

const logLevelSchema = z.enum(["debug", "info", "warn", "error", "silent"], "debug, info, warn, error or silent");

function urlOf(...protocols: string[]) {
  const accepted = `an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`;
  return z.string().refine((value) => {
    return URL.canParse(value) && protocols.includes(new URL(value).protocol);
  }, accepted);
}

const groupRolesSchema = z.string().transform((text, context) => {
  const { groupRoles, problems } = parseGroupRoles(text);
  if (problems.length === 0) return groupRoles;
  context.addIssue(`groups with their roles, as ${groupRolesExample} (${problems.join("; ")})`);
  return z.NEVER;
});

const membershipDays = "a whole number of days, 1 at least";

const accessLogSchema = z.enum(["off", "errors", "all"], "off, errors or all");
export type AccessLogChoice = z.output<typeof accessLogSchema>;

const secret = z.string().min(32, "at least 32 characters that nobody can guess");

const mailFromAccepted = "an e-mail address, as steward@example.com or Steward <steward@example.com>";

/** Settings that are of no use without others. */
const neededWith = [
  ["OIDC_ISSUER", ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"]],
  ["SMTP_URL", ["MAIL_FROM", "STEWARD_URL"]],
  ["DATABASE_OWNER_URL", ["DATABASE_URL"]],
] as const;

const settingsSchema = z
  .object({
    PORT: z.coerce.number("a port from 0 to 65535").int().min(0).max(65_535).default(3000),
    STEWARD_HOST: z.string().min(1, "a host name or an address").optional(),
    STEWARD_DATA: z.string().min(1, "a folder").default(".data"),
    STEWARD_URL: urlOf("http:", "https:").optional(),
    STEWARD_DEMO: switchValue.optional(),
    STEWARD_DEMO_CUSTOMERS: wholeNumber(2_000, 1_000_000).default(50_000),
    STEWARD_LOG: logLevelSchema.default("info"),
    STEWARD_CHECKPOINTS: z.string().min(1, "a folder").optional(),
    DATABASE_URL: urlOf("postgres:", "postgresql:").optional(),
    DATABASE_OWNER_URL: urlOf("postgres:", "postgresql:").optional(),
    CLICKHOUSE_URL: urlOf("http:", "https:").optional(),
    OIDC_ISSUER: urlOf("http:", "https:").optional(),
    OIDC_CLIENT_ID: z.string().min(1, "the client's id at the identity provider").optional(),
    OIDC_CLIENT_SECRET: z.string().min(1, "the client's secret at the identity provider").optional(),
    OIDC_SCOPE: z
      .string()
      .refine((scope) => scope.split(" ").includes("openid"), "scopes with openid among them, divided by spaces")
      .default("openid email profile"),
    OIDC_GROUPS_CLAIM: z.string().default("groups"),
    OIDC_GROUP_ROLES: groupRolesSchema.optional(),
    OIDC_TEAM_CLAIM: z.string().optional(),
    OIDC_TRUST_EMAIL: switchValue.default(false),
    STEWARD_CONTACT: z.string().trim().min(1, "an e-mail address, or a few words").max(200).optional(),
    SMTP_URL: urlOf("smtp:", "smtps:").optional(),
    MAIL_FROM: z
      .string()
      .regex(/^[^\s@]+@[^\s@]+$|^[^<>]*<[^\s@<>]+@[^\s@<>]+>$/, mailFromAccepted)
      .optional(),
    STEWARD_WEBHOOK_PRIVATE: switchValue.default(false),
    STEWARD_MEMBERSHIP_DAYS: z.coerce.number(membershipDays).int(membershipDays).min(1, membershipDays).default(400),
    STEWARD_FEED_SECRET: secret.optional(),
    STEWARD_FEED_HOURS: wholeNumber(1, 8760).default(24),
    STEWARD_FEED_RATE: wholeNumber(1, 1_000_000).default(1_000),
    STEWARD_FEED_STREAMS: wholeNumber(0, 100_000).default(2_000),
    STEWARD_ACCESS_LOG: accessLogSchema.default("errors"),
    SESSION_SECRET: secret.optional(),
  })
  .superRefine((values, context) => {
    for (const [setting, needed] of neededWith) {
      for (const name of values[setting] ? needed : []) {
        const message = `a value, as ${setting} is set`;
        if (!values[name]) context.addIssue({ code: "custom", path: [name], message });
      }
    }
  })
  .transform((values) => ({
    port: values.PORT,
    host: values.STEWARD_HOST,
    dataFolder: resolve(values.STEWARD_DATA),
    publicUrl: values.STEWARD_URL,
    demo: values.STEWARD_DEMO,
    demoCustomers: values.STEWARD_DEMO_CUSTOMERS,
    checkpointsFolder: resolve(
      /* turbopackIgnore: true */ values.STEWARD_CHECKPOINTS ?? join(values.STEWARD_DATA, "audit-checkpoints"),
    ),
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: values.DATABASE_OWNER_URL,
    clickhouseUrl: values.CLICKHOUSE_URL,
    sessionSecret: values.SESSION_SECRET,
    oidc:
      values.OIDC_ISSUER && values.OIDC_CLIENT_ID && values.OIDC_CLIENT_SECRET
        ? {
            issuer: values.OIDC_ISSUER,
            clientId: values.OIDC_CLIENT_ID,
            clientSecret: values.OIDC_CLIENT_SECRET,
            scope: values.OIDC_SCOPE,
            groupsClaim: values.OIDC_GROUPS_CLAIM,
            groupRoles: values.OIDC_GROUP_ROLES,
            teamClaim: values.OIDC_TEAM_CLAIM,
            trustsEmail: values.OIDC_TRUST_EMAIL,
          }
        : undefined,
    contact: values.STEWARD_CONTACT,
    mail: values.SMTP_URL && values.MAIL_FROM ? { smtpUrl: values.SMTP_URL, from: values.MAIL_FROM } : undefined,
    webhooksMayBePrivate: values.STEWARD_WEBHOOK_PRIVATE,
    membershipDays: values.STEWARD_MEMBERSHIP_DAYS,
    feed: {
      secret: values.STEWARD_FEED_SECRET,
      /** How long a head holds after PostgreSQL was last heard. */
      hours: values.STEWARD_FEED_HOURS,
      /** Calls that one key may make in a second. */
      requestsPerSecond: values.STEWARD_FEED_RATE,
      /** Open streams of this process. */
      streams: values.STEWARD_FEED_STREAMS,
    },
    accessLog: values.STEWARD_ACCESS_LOG,
  }));

export type Settings = z.output<typeof settingsSchema>;
export type SignOnSettings = NonNullable<Settings["oidc"]>;

/** Reads settings from variables; an empty variable counts as unset. Throws a StartError that names each wrong one. */
export function parseSettings(variables: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `${name} must be ${issue.message}, and is ${shown(name, given[name])}.`;
  });
  throw new StartError("usage", lines.join("\n"));
}

/** The settings of this process. */
export function settings(): Settings {
  return parseSettings(process.env);
}

/** The log is there before the settings are known to be right; a wrong level is refused with them. */
export function logLevel(): z.output<typeof logLevelSchema> {
  return logLevelSchema.catch("info").parse(process.env.STEWARD_LOG);
}

/**
 * What the process learnt while it started, for the parts that read settings later: the bundle of the pages,
 * and next-auth, which reads these two of its own.
 */
export function completeSettings(learnt: { sessionSecret: string; feedSecret: string }): void {
  const { publicUrl } = settings();
  process.env.SESSION_SECRET = learnt.sessionSecret;
  process.env.STEWARD_FEED_SECRET = learnt.feedSecret;
  if (publicUrl) process.env.NEXTAUTH_URL ??= publicUrl;
  else process.env.AUTH_TRUST_HOST ??= "1";
}

function shown(name: string, value: string | undefined): string {
  if (value === undefined) return "not set";
  return /SECRET|URL/.test(name) ? "something else" : JSON.stringify(value);
}
