"use client";

import { Tabs, TabsList, TabsTab } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { use } from "react";
import { ViewerContext } from "@/components/layout/viewer";
import { TabLabel } from "@/components/ui/tab-label";
import { can } from "@/lib/access/permissions";
import { changeListQuery } from "@/lib/changes/queries";
import styles from "./settings.module.css";
import { type SettingsSection, settingsSections } from "./settings-sections";

export function SettingsTabs({ current }: { readonly current: string }) {
  const router = useRouter();
  const viewer = use(ViewerContext);
  const waiting = useQuery(changeListQuery("me")).data?.total ?? 0;
  const shown = (settingsSections as readonly SettingsSection[]).filter(
    ({ permission }) => !permission || (viewer && can(viewer, permission)),
  );
  return (
    <Tabs value={current} onChange={(key) => key && router.push(`/settings/${key}`)} pb="md">
      <TabsList aria-label="Settings" className={styles.tabs}>
        {shown.map(({ key, label }) => (
          <TabsTab key={key} value={key}>
            <TabLabel count={key === "changes" && waiting > 0 ? waiting : undefined}>{label}</TabLabel>
          </TabsTab>
        ))}
      </TabsList>
    </Tabs>
  );
}
