"use client";

import { Button } from "@mantine/core";
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { useNames } from "@/components/layout/use-names";
import { useCan } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/number-format";
import { PageHeader } from "@/components/ui/page-header";
import { ServerTable } from "@/components/ui/server-table";
import { useNow } from "@/components/ui/use-now";
import { environmentListQuery, segmentListQuery } from "@/lib/releases/queries";
import { useListAddress } from "./list-address";
import { segmentColumns } from "./segment-columns";
import { SegmentFilters } from "./segment-filters";
import { SegmentTabs } from "./segment-tabs";

const hourMs = 3_600_000;

/** Every segment, as the server filters, sorts and pages them; the address holds what is asked for. */
export function SegmentList() {
  const router = useRouter();
  const mayWrite = useCan("segment.write");
  const [query, change] = useListAddress();
  const list = useQuery(segmentListQuery(query));
  const environments = useQuery(environmentListQuery()).data?.items ?? [];
  const names = useNames();
  const hour = Math.floor(useNow() / hourMs) * hourMs;
  const wide = useMediaQuery("(min-width: 86em)", true);
  const roomy = useMediaQuery("(min-width: 110em)", false);
  const searchRef = useRef<HTMLInputElement>(null);
  useHotkeys([
    ["/", () => searchRef.current?.focus()],
    ["n", () => mayWrite && router.push("/segments/new")],
    ["ArrowDown", focusFirstRow],
  ]);
  const filtered = Boolean(
    query.query || query.owner || query.purpose || query.region || query.tag || query.criticality || query.mine,
  );
  return (
    <>
      <PageHeader
        title="Segments"
        actions={
          mayWrite && (
            <Button variant="filled" component={Link} href="/segments/new">
              New segment
            </Button>
          )
        }
      />
      <SegmentTabs state={query.state} counts={list.data?.counts} onState={(state) => change({ state })}>
        <SegmentFilters
          query={query}
          onFilter={change}
          names={names}
          searchRef={searchRef}
          summary={list.data ? formatCount(list.data.total, "segment") : ""}
        />
        <ServerTable
          // The table keeps the widths it began with.
          key={roomy ? "roomy" : "narrow"}
          label="Segments"
          columns={segmentColumns([...environments].reverse(), names, { nowMs: hour, wide, roomy })}
          rows={list.data?.items}
          idOf={(segment) => segment.key}
          total={list.data?.total ?? 0}
          page={query.page}
          pageSize={query.pageSize}
          onPage={(page) => change({ page })}
          onPageSize={(pageSize) => change({ pageSize })}
          sort={query.sort}
          onSort={(sort) => change({ sort })}
          fetching={list.isFetching && list.isPlaceholderData}
          error={list.error}
          onRetry={() => void list.refetch()}
          hrefOf={(segment) => `/segments/${segment.key}`}
          empty={
            filtered || query.state ? (
              <EmptyState
                title="No segment matches"
                action={
                  <Button
                    onClick={() =>
                      change({
                        ...{ query: null, owner: null, purpose: null, region: null, tag: null },
                        ...{ criticality: null, mine: null, state: null },
                      })
                    }
                  >
                    Show all segments
                  </Button>
                }
              >
                Search for less, or take a filter away.
              </EmptyState>
            ) : (
              <EmptyState
                title="There are no segments yet"
                action={
                  mayWrite && (
                    <Button component={Link} href="/segments/new">
                      New segment
                    </Button>
                  )
                }
              >
                A segment names customers by a rule and says what is done for them.
              </EmptyState>
            )
          }
        />
      </SegmentTabs>
    </>
  );
}

function focusFirstRow(): void {
  if (document.activeElement === document.body) document.querySelector<HTMLElement>("[data-row-link]")?.focus();
}
