"use client";

import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { TopBar } from "@/components/layout/top-bar";
import { ErrorState } from "@/components/ui/error-state";
import { PageBody } from "@/components/ui/page-body";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { peopleQuery } from "@/lib/access/queries";
import { attributeListQuery, purposeListQuery, regionListQuery } from "@/lib/catalogue/queries";
import { segmentOverviewQuery } from "@/lib/releases/queries";
import { EditorScreen } from "./editor-screen";
import { NoDraft } from "./no-draft";

/** Loads what an editor needs; one that is open keeps its text whatever is read again behind it. */
export function Editor({ segmentKey }: { readonly segmentKey: string }) {
  const [overview, attributes, purposes, regions, people] = useQueries({
    queries: [
      segmentOverviewQuery(segmentKey),
      attributeListQuery(),
      purposeListQuery(),
      regionListQuery(),
      peopleQuery(),
    ],
  });
  const choices = useMemo(
    () =>
      attributes.data &&
      purposes.data &&
      regions.data &&
      people.data && {
        attributes: new Map(attributes.data.items.map((each) => [each.key, each])),
        purposes: purposes.data.items,
        regions: regions.data.items,
        people: people.data,
      },
    [attributes.data, purposes.data, regions.data, people.data],
  );
  if (overview.data && choices) {
    const { draft, shown } = overview.data;
    if (!draft) return <NoDraft overview={overview.data} />;
    return (
      <EditorScreen
        key={draft.id}
        version={draft}
        live={overview.data.live.production ? shown : null}
        choices={choices}
      />
    );
  }
  const all = [overview, attributes, purposes, regions, people];
  const error = all.find((each) => each.error)?.error;
  return (
    <>
      <TopBar crumbs={[{ label: "Segments", href: "/segments" }, { label: segmentKey }]} />
      <PageBody>
        {error ? (
          <ErrorState
            error={error}
            title="The draft could not be read"
            onRetry={() => void Promise.all(all.filter((each) => each.error).map((each) => each.refetch()))}
          />
        ) : (
          <TableSkeleton rows={10} />
        )}
      </PageBody>
    </>
  );
}
