import type { Metadata } from "next";
import { CustomerFinder } from "@/components/customers/customer-finder";
import { RequestsLink } from "@/components/customers/requests-link";
import { TopBar } from "@/components/layout/top-bar";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";

export const metadata: Metadata = { title: "Customers" };

export default function CustomersPage() {
  return (
    <>
      <TopBar crumbs={[{ label: "Customers" }]} />
      <PageBody>
        <PageHeader
          title="Customers"
          actions={<RequestsLink />}
          subtitle="Which segments a customer is in, and why. Every look is in the audit."
        />
        <CustomerFinder />
      </PageBody>
    </>
  );
}
