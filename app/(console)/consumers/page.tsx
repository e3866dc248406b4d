import type { Metadata } from "next";
import { ConsumerList } from "@/components/consumers/consumer-list";
import { TopBar } from "@/components/layout/top-bar";
import { PageBody } from "@/components/ui/page-body";

export const metadata: Metadata = { title: "Consumers" };

export default function ConsumersPage() {
  return (
    <>
      <TopBar crumbs={[{ label: "Consumers" }]} />
      <PageBody>
        <ConsumerList />
      </PageBody>
    </>
  );
}
