"use client";

import { Title, UnstyledButton } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { Initials } from "@/components/ui/initials";
import { KeyText } from "@/components/ui/mono";
import type { DemoAccount } from "./demo-accounts";
import styles from "./sign-in.module.css";

type DemoAccountsProps = {
  readonly accounts: readonly DemoAccount[];
  readonly busyWith: string | null;
  readonly onChosen: (email: string) => void;
};

export function DemoAccounts({ accounts, busyWith, onChosen }: DemoAccountsProps) {
  return (
    <section className={styles.demo} aria-labelledby="demo-accounts">
      <Title order={2} id="demo-accounts">
        Or look round as
      </Title>
      <ul className={styles.accounts}>
        {accounts.map(({ email, account, name, does }) => (
          <li key={email}>
            <UnstyledButton className={styles.account} disabled={busyWith !== null} onClick={() => onChosen(email)}>
              <Initials name={name} size={28} />
              <span className={styles.who}>
                <span className={styles.nameLine}>
                  <b>{name}</b> <KeyText>{account}</KeyText>
                </span>
                <span className={styles.does}>{does}</span>
              </span>
              {busyWith === email ? (
                <span className={styles.does}>Signing in…</span>
              ) : (
                <IconArrowRight size={16} stroke={1.6} aria-hidden className={styles.arrow} />
              )}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <p className={styles.does}>
        Or type <KeyText>account@demo.steward</KeyText> with the password <KeyText>steward-demo</KeyText>.
      </p>
    </section>
  );
}
