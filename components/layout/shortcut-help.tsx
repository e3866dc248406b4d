"use client";

import { Kbd } from "@mantine/core";
import { modals } from "@mantine/modals";
import { ModKey } from "./mod-key";
import { navigationItems } from "./navigation";
import styles from "./shortcut-help.module.css";

const elsewhere = [
  { keys: ["j", "k"], does: "Next and previous, in lists and in the review queue" },
  { keys: ["Alt", "↑", "↓"], does: "Move the condition or group that has the focus, in the editor" },
  { keys: ["e"], does: "Mark the notice that has the focus as read, in the inbox" },
  { keys: ["↵"], does: "Open what has the focus" },
  { keys: ["Esc"], does: "Close what is open" },
  { keys: ["?"], does: "This list" },
];

function ShortcutTable() {
  return (
    <dl className={styles.list}>
      <div className={styles.row}>
        <dt>Find a page, a segment, a customer</dt>
        <dd>
          <ModKey letter="K" />
        </dd>
      </div>
      {navigationItems.map((item) => (
        <div key={item.href} className={styles.row}>
          <dt>Go to {item.label}</dt>
          <dd>
            <Kbd>g</Kbd> <Kbd>{item.key}</Kbd>
          </dd>
        </div>
      ))}
      {elsewhere.map(({ keys, does }) => (
        <div key={does} className={styles.row}>
          <dt>{does}</dt>
          <dd>
            {keys.map((key) => (
              <Kbd key={key} ml={4}>
                {key}
              </Kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function openShortcutHelp(): void {
  modals.open({ modalId: "shortcuts", title: "Keyboard shortcuts", size: 420, children: <ShortcutTable /> });
}
