"use client";

import { TopBar } from "@/components/layout/top-bar";
import { ErrorState } from "@/components/ui/error-state";

type ErrorPageProps = { readonly error: unknown; readonly retry: () => void };

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <>
      <TopBar crumbs={[{ label: "Something failed" }]} />
      <ErrorState error={error} title="This page could not be made" onRetry={retry} wholePage />
    </>
  );
}
