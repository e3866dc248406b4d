import type { Metadata } from "next";
import { CustomerScreen } from "@/components/customers/customer-screen";
import { TopBar } from "@/components/layout/top-bar";

type CustomerPageProps = { readonly params: Promise<{ id: string }> };

export const metadata: Metadata = { title: "Customer" };

export default async function CustomerPage({ params }: CustomerPageProps) {
  const id = decodeURIComponent((await params).id);
  return (
    <>
      <TopBar crumbs={[{ label: "Customers", href: "/customers" }, { label: id }]} />
      <CustomerScreen id={id} />
    </>
  );
}
