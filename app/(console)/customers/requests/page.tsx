import type { Metadata } from "next";
import { RequestList } from "@/components/customers/requests/request-list";
import { TopBar } from "@/components/layout/top-bar";
import { PageBody } from "@/components/ui/page-body";

export const metadata: Metadata = { title: "Requests" };

export default function RequestsPage() {
  return (
    <>
      <TopBar crumbs={[{ label: "Customers", href: "/customers" }, { label: "Requests" }]} />
      <PageBody>
        <RequestList />
      </PageBody>
    </>
  );
}
