import type { Metadata } from "next";
import { ListScreen } from "@/components/lists/list-screen";

type ListPageProps = { readonly params: Promise<{ key: string }> };

export async function generateMetadata({ params }: ListPageProps): Promise<Metadata> {
  return { title: (await params).key };
}

export default async function ListPage({ params }: ListPageProps) {
  return <ListScreen listKey={(await params).key} />;
}
