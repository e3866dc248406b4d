import type { ReactNode } from "react";
import { DemoBanner } from "@/components/layout/demo-banner";
import { database } from "@/lib/server/database";
import { findInstallation } from "@/lib/server/installation";

export const dynamic = "force-dynamic";

export default async function AuthLayout({ children }: { readonly children: ReactNode }) {
  const demo = (await findInstallation(database())) === "demo";
  return (
    <>
      {demo && (
        <section aria-label="Demo">
          <DemoBanner viewer={null} />
        </section>
      )}
      {children}
    </>
  );
}
