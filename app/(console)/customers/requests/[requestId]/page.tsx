import type { Metadata } from "next";
import { RequestScreen } from "@/components/customers/requests/request-screen";
import { TopBar } from "@/components/layout/top-bar";
import { PageBody } from "@/components/ui/page-body";

type RequestPageProps = { readonly params: Promise<{ requestId: string }> };

export const metadata: Metadata = { title: "Request" };

export default async function RequestPage({ params }: RequestPageProps) {
  const { requestId } = await params;
  return (
    <>
      <TopBar
        crumbs={[
          { label: "Customers", href: "/customers" },
          { label: "Requests", href: "/customers/requests" },
          { label: "Request" },
        ]}
      />
      <PageBody>
        <RequestScreen id={requestId} />
      </PageBody>
    </>
  );
}
