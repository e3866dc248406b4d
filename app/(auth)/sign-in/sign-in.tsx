"use client";

import { Button, Divider, PasswordInput, TextInput, Title } from "@mantine/core";
import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { LogoMark } from "@/components/layout/logo";
import { FindingIcon } from "@/components/ui/finding-list";
import { DemoAccounts } from "./demo-account-list";
import type { DemoAccount } from "./demo-accounts";
import styles from "./sign-in.module.css";
import { type Notice, refusalNotice } from "./sign-in-words";

type SignInProps = {
  readonly returnTo: string;
  readonly demoAccounts: readonly DemoAccount[];
  readonly singleSignOn: boolean;
  readonly contact: string | undefined;
  readonly notice: Notice | null;
};

const demoPassword = "steward-demo";

export function SignIn({ returnTo, demoAccounts, singleSignOn, contact, notice }: SignInProps) {
  const [shown, setShown] = useState<Notice | null>(notice);
  const [busyWith, setBusyWith] = useState<string | null>(null);

  async function enter(email: string, password: string): Promise<void> {
    setBusyWith(email);
    setShown(null);
    const outcome = await signIn("credentials", { email, password, redirect: false, callbackUrl: returnTo });
    if (outcome?.ok && !outcome.error) return window.location.assign(returnTo);
    setBusyWith(null);
    setShown(refusalNotice(outcome?.error ?? "unreachable", contact));
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
          {shown !== null && (
            <p className={styles.notice} data-tone={shown.tone} role="alert">
              <FindingIcon severity={shown.tone === "refused" ? "blocking" : "note"} />
              <span>{shown.text}</span>
            </p>
          )}
          {singleSignOn && <SingleSignOn returnTo={returnTo} />}
          <form method="post" onSubmit={submit} className={styles.fields}>
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

function SingleSignOn({ returnTo }: { readonly returnTo: string }) {
  const [leaving, setLeaving] = useState(false);

  function leave(): void {
    setLeaving(true);
    void signIn("oidc", { callbackUrl: returnTo });
  }

  return (
    <>
      <Button variant="filled" size="md" loading={leaving} onClick={leave}>
        Sign in with single sign-on
      </Button>
      <Divider label="or with a password" />
    </>
  );
}
