import type { Metadata } from "next";
import { settings } from "@/lib/server/settings";
import { findDemoAccounts } from "./demo-accounts";
import { returnPath } from "./return-path";
import { SignIn } from "./sign-in";
import { endNotice, refusalNotice } from "./sign-in-words";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const query = await searchParams;
  const [from, error, why] = [query.from, query.error, query.why].map((value) =>
    typeof value === "string" ? value : undefined,
  );
  const { contact, oidc } = settings();
  const ended = why === undefined ? null : endNotice(why, contact);
  return (
    <SignIn
      returnTo={await returnPath(from, error !== undefined)}
      demoAccounts={await findDemoAccounts()}
      singleSignOn={oidc !== undefined}
      contact={contact}
      notice={error === undefined ? ended : refusalNotice(error, contact)}
    />
  );
}
