import { TopBar } from "@/components/layout/top-bar";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";

export default function HomePage() {
  return (
    <>
      <TopBar crumbs={[{ label: "Home" }]} />
      <PageBody>
        <PageHeader title="Waiting for you" />
      </PageBody>
    </>
  );
}
