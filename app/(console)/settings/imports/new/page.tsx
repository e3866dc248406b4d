import type { Metadata } from "next";
import { ImportWizard } from "@/components/imports/import-wizard";
import { TopBar } from "@/components/layout/top-bar";
import { PageBody } from "@/components/ui/page-body";

export const metadata: Metadata = { title: "Import customers" };

export default function NewImportPage() {
  return (
    <>
      <TopBar
        crumbs={[
          { label: "Settings", href: "/settings" },
          { label: "Imports", href: "/settings/imports" },
          { label: "Import" },
        ]}
      />
      <PageBody>
        <ImportWizard />
      </PageBody>
    </>
  );
}
