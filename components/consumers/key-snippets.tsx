"use client";

import { Tabs } from "@mantine/core";
import { CopyButton } from "@/components/ui/copy-button";
import type { ConsumerKeyItem } from "@/lib/feed/contract";
import styles from "./consumers.module.css";
import { snippetsFor } from "./snippets";

/** What may be pasted to use a key; shown in the browser only, where this console's address is known. */
export function KeySnippets({ apiKey }: { readonly apiKey: ConsumerKeyItem }) {
  const snippets = snippetsFor(apiKey, window.location.origin);
  return (
    <Tabs defaultValue={snippets[0]?.title ?? null}>
      <Tabs.List>
        {snippets.map(({ title }) => (
          <Tabs.Tab key={title} value={title}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {snippets.map(({ title, text }) => (
        <Tabs.Panel key={title} value={title} className={styles.snippet}>
          <pre className={styles.code}>{text}</pre>
          <span className={styles.copy}>
            <CopyButton value={text} label={`Copy what ${title} needs`} />
          </span>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
