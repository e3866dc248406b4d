"use client";

import { Button, Divider, PasswordInput, TextInput, Title } from "@mantine/core";
import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { LogoMark } from "@/components/layout/logo";
import { FindingIcon } from "@/components/ui/finding-list";
import { DemoAccounts } from "./demo-account-list";
import type { DemoAccount } from "./demo-accounts";
import styles from "./sign-in.module.css";

type SignInProps = {
  readonly returnTo: string;
  readonly demoAccounts: readonly DemoAccount[];
  readonly singleSignOn: boolean;
  /** next-auth's word for what went wrong on the way back from single sign-on. */
  readonly refused: string | null;
};

const demoPassword = "steward-demo";

function reasonOf(error: string): string {
  if (error.includes("TooManyAttempts")) return "Too many attempts. Wait a minute, then try again.";
  if (error === "CredentialsSignin") return "E-mail or password is wrong.";
  if (error === "AccessDenied") return "Single sign-on knows you, but nobody here has given you an account.";
  return "Signing in failed on our side. Try again.";
}

export function SignIn({ returnTo, demoAccounts, singleSignOn, refused }: SignInProps) {
  const [error, setError] = useState<string | null>(refused);
  const [busyWith, setBusyWith] = useState<string | null>(null);

  async function enter(email: string, password: string): Promise<void> {
    setBusyWith(email);
    setError(null);
    const outcome = await signIn("credentials", { email, password, redirect: false, callbackUrl: returnTo });
    if (outcome?.ok && !outcome.error) return window.location.assign(returnTo);
    setBusyWith(null);
    setError(outcome?.error ?? "unreachable");
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void enter(String(form.get("email")), String(form.get("password")));
  }

  return (
    <main className={styles.page}>
      <div className={styles.columns} data-demo={demoAccounts.length > 0 || undefined}>
        <div className={styles.form}>
          <LogoMark size={32} />
          <Title order={1} className={styles.title}>
            Sign in to Steward
          </Title>
          {singleSignOn && (
            <>
              <Button variant="filled" size="md" onClick={() => void signIn("oidc", { callbackUrl: returnTo })}>
                Sign in with single sign-on
              </Button>
              <Divider label="or" />
            </>
          )}
          <form onSubmit={submit} className={styles.fields}>
            {error !== null && (
              <p className={styles.error} role="alert">
                <FindingIcon severity="blocking" />
                {reasonOf(error)}
              </p>
            )}
            <TextInput
              label="E-mail"
              name="email"
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              size="md"
            />
            <PasswordInput
              label="Password"
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              size="md"
            />
            <Button
              type="submit"
              size="md"
              mt="xs"
              variant={singleSignOn ? "default" : "filled"}
              loading={busyWith !== null && !demoAccounts.some(({ email }) => email === busyWith)}
            >
              Sign in
            </Button>
          </form>
        </div>
        {demoAccounts.length > 0 && (
          <DemoAccounts
            accounts={demoAccounts}
            busyWith={busyWith}
            onChosen={(email) => void enter(email, demoPassword)}
          />
        )}
      </div>
    </main>
  );
}
