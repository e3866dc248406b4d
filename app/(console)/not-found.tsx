import { Missing } from "@/components/layout/missing";
import { TopBar } from "@/components/layout/top-bar";

export default function NotFound() {
  return (
    <>
      <TopBar crumbs={[{ label: "Not found" }]} />
      <Missing />
    </>
  );
}
