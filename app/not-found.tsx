import type { Metadata } from "next";
import { Missing } from "@/components/layout/missing";
import { TopBar } from "@/components/layout/top-bar";
import { readSession } from "@/lib/access/server/read-session";
import { ConsoleFrame } from "./console-frame";

export const metadata: Metadata = { title: "Not found" };

/** An address that no page has; within the console's frame for who is signed in. */
export default async function NotFound() {
  const actor = await readSession();
  if (!actor) {
    return (
      <main>
        <Missing />
      </main>
    );
  }
  return (
    <ConsoleFrame actor={actor}>
      <TopBar crumbs={[{ label: "Not found" }]} />
      <Missing />
    </ConsoleFrame>
  );
}
