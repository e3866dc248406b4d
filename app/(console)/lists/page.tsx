import type { Metadata } from "next";
import { TopBar } from "@/components/layout/top-bar";
import { ManagedLists } from "@/components/lists/managed-lists";
import { PageBody } from "@/components/ui/page-body";

export const metadata: Metadata = { title: "Lists" };

export default function ListsPage() {
  return (
    <>
      <TopBar crumbs={[{ label: "Lists" }]} />
      <PageBody>
        <ManagedLists />
      </PageBody>
    </>
  );
}
