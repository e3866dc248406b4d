import type { PasswordRefusal } from "@/lib/access/server/sign-in";
import { type SessionEnd, sessionEnds } from "@/lib/access/session-end";
import type { SignOnRefusal } from "@/lib/access/sign-on";

/** What the page says above its form: why somebody is not in, or not in any more. */
export type Notice = { readonly tone: "refused" | "ended"; readonly text: string };

/** What next-auth calls what went wrong at the identity provider, or on the way there and back. */
type ProviderProblem = "OAuthSignin" | "OAuthCallback" | "Callback";

const refusalWords = {
  CredentialsSignin: () => "E-mail or password is wrong.",
  wrong: () => "E-mail or password is wrong.",
  "too-many-attempts": () => "Too many attempts. Wait a quarter of an hour, then try again.",
  "single-sign-on": () => "You come in through your identity provider: use single sign-on, not a password.",
  disabled: (whom) => `Your account here was disabled. Ask ${whom}.`,
  unknown: (whom) => `Your identity provider knows you, but nobody has made an account for you here. Ask ${whom}.`,
  "no-role": (whom) =>
    `None of your groups at the identity provider gives you a role here. Ask ${whom} which group does.`,
  "email-unverified": () =>
    "Your identity provider does not say that your e-mail address is verified. Verify it there, then sign in again.",
  "no-email": (whom) => `Your identity provider does not tell your e-mail address, which names you here. Ask ${whom}.`,
  "email-of-another": (whom) =>
    `Your e-mail address belongs to somebody here who has another account at the identity provider. Ask ${whom}.`,
  "unusable-answer": (whom) => `Your identity provider's answer does not say who you are. Ask ${whom}.`,
  OAuthSignin: () => "Your identity provider does not answer. Try again in a minute.",
  OAuthCallback: () =>
    "Your identity provider's answer could not be accepted: it came late, was used before, or began in another browser. Sign in again.",
  Callback: () => "Your identity provider did not let you in, or you went back. Sign in again.",
} as const satisfies Record<
  PasswordRefusal | SignOnRefusal | ProviderProblem | "CredentialsSignin",
  (whom: string) => string
>;

const endWords = {
  unauthenticated: () => "You are signed out. Sign in, and you come back to where you were.",
  "session-expired": () => "Your session has lasted as long as one may. Sign in, and you come back to where you were.",
  "session-ended": () => "Your identity provider ended your session. Sign in, and you come back to where you were.",
  "person-disabled": refusalWords.disabled,
} as const satisfies Record<SessionEnd, (whom: string) => string>;

/** `contact` is whom the installation names for questions; else an admin is. */
export function refusalNotice(refused: string, contact: string | undefined): Notice {
  const words = isRefusal(refused) ? refusalWords[refused] : () => "Signing in failed on our side. Try again.";
  return { tone: "refused", text: words(whomToAsk(contact)) };
}

export function endNotice(ended: string, contact: string | undefined): Notice | null {
  const known = sessionEnds.find((each) => each === ended);
  if (known === undefined) return null;
  return { tone: known === "person-disabled" ? "refused" : "ended", text: endWords[known](whomToAsk(contact)) };
}

function isRefusal(name: string): name is keyof typeof refusalWords {
  return Object.hasOwn(refusalWords, name);
}

function whomToAsk(contact: string | undefined): string {
  return contact ?? "an admin of Steward";
}
