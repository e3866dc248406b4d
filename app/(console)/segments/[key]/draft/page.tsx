import type { Metadata } from "next";
import { Editor } from "@/components/editor/editor";

export const metadata: Metadata = { title: "Draft" };

export default async function DraftPage({ params }: { readonly params: Promise<{ key: string }> }) {
  const { key } = await params;
  return <Editor segmentKey={key} />;
}
