import type { Metadata } from "next";
import { TopBar } from "@/components/layout/top-bar";
import { PolicyEditor } from "@/components/settings/policies/policy-editor";

export const metadata: Metadata = { title: "Approval policy" };

/** "new" is where another one begins: as a key it is not taken. */
export default async function PolicyPage({ params }: { readonly params: Promise<{ key: string }> }) {
  const key = decodeURIComponent((await params).key);
  const crumbs = [
    { label: "Settings", href: "/settings" },
    { label: "Approval policies", href: "/settings/policies" },
    { label: key === "new" ? "New" : key },
  ];
  return (
    <>
      <TopBar crumbs={crumbs} />
      <PolicyEditor policyKey={key === "new" ? null : key} />
    </>
  );
}
