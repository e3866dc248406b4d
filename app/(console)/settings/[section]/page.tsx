import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ImportList } from "@/components/imports/import-list";
import { TopBar } from "@/components/layout/top-bar";
import { AttributesSettings } from "@/components/settings/attributes-settings";
import { ChangesSettings } from "@/components/settings/changes-settings";
import { DataQualitySettings } from "@/components/settings/data-quality-settings";
import { EnvironmentsSettings } from "@/components/settings/environments-settings";
import { EventsSettings } from "@/components/settings/events-settings";
import { FreezeSettings } from "@/components/settings/freeze-settings";
import { PurposesSettings, RegionsSettings } from "@/components/settings/guard-settings";
import { ModelsSettings } from "@/components/settings/models-settings";
import { PeopleSettings } from "@/components/settings/people-settings";
import { LabelPoliciesSettings } from "@/components/settings/policies/label-policies-settings";
import { PoliciesSettings } from "@/components/settings/policies/policies-settings";
import { settingsSections } from "@/components/settings/settings-sections";
import { SettingsTabs } from "@/components/settings/settings-tabs";
import { TokensSettings } from "@/components/settings/tokens-settings";
import { TransfersSettings } from "@/components/settings/transfers-settings";
import { WebhooksSettings } from "@/components/settings/webhooks-settings";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";

type SectionKey = (typeof settingsSections)[number]["key"];
type SettingsPageProps = { readonly params: Promise<{ section: string }> };

const contents = {
  attributes: <AttributesSettings />,
  events: <EventsSettings />,
  models: <ModelsSettings />,
  purposes: <PurposesSettings />,
  regions: (
    <>
      <RegionsSettings />
      <TransfersSettings />
    </>
  ),
  imports: <ImportList />,
  "data-quality": <DataQualitySettings />,
  environments: (
    <>
      <EnvironmentsSettings />
      <FreezeSettings />
    </>
  ),
  webhooks: <WebhooksSettings />,
  policies: <PoliciesSettings />,
  labels: <LabelPoliciesSettings />,
  changes: <ChangesSettings />,
  people: <PeopleSettings />,
  tokens: <TokensSettings />,
} as const satisfies Record<SectionKey, ReactNode>;

export async function generateMetadata({ params }: SettingsPageProps): Promise<Metadata> {
  const { section } = await params;
  return { title: settingsSections.find(({ key }) => key === section)?.label ?? "Settings" };
}

export default async function SettingsSectionPage({ params }: SettingsPageProps) {
  const { section } = await params;
  const found = settingsSections.find(({ key }) => key === section);
  if (!found) notFound();
  return (
    <>
      <TopBar crumbs={[{ label: "Settings", href: "/settings" }, { label: found.label }]} />
      <PageBody>
        <PageHeader title="Settings" />
        <SettingsTabs current={found.key} />
        {contents[found.key]}
      </PageBody>
    </>
  );
}
