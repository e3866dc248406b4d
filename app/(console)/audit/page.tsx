import type { Metadata } from "next";
import { AuditLog } from "@/components/audit/audit-log";
import { TopBar } from "@/components/layout/top-bar";
import { PageBody } from "@/components/ui/page-body";

export const metadata: Metadata = { title: "Audit" };

export default function AuditPage() {
  return (
    <>
      <TopBar crumbs={[{ label: "Audit" }]} />
      <PageBody>
        <AuditLog />
      </PageBody>
    </>
  );
}
