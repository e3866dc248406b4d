"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Pulse } from "@/lib/versions/comment-contract";
import type { Version } from "@/lib/versions/contract";
import { pulseQuery } from "@/lib/versions/queries";

export type SeenReview = {
  /** Whether the content is not the one that was looked at first. */
  readonly moved: boolean;
  readonly lastEdit: Pulse["lastEdit"];
  /** From now on the content as it is counts as looked at. */
  readonly look: () => void;
};

/** Keeps a review as it is on the server, and says when its content changed in front of the one who looks. */
export function usePulse({ id, contentHash }: Version): SeenReview {
  const client = useQueryClient();
  const [seen, setSeen] = useState(contentHash);
  const { data: pulse } = useQuery(pulseQuery(id));
  const stamp = useRef<string>(undefined);
  useEffect(() => {
    if (!pulse) return;
    const before = stamp.current;
    stamp.current = pulse.stamp;
    const isStale = before === undefined ? pulse.contentHash !== contentHash : before !== pulse.stamp;
    if (!isStale) return;
    for (const queryKey of [["versions", id], ["reviews"]]) void client.invalidateQueries({ queryKey });
  }, [pulse, client, id, contentHash]);
  return { moved: seen !== contentHash, lastEdit: pulse?.lastEdit ?? null, look: () => setSeen(contentHash) };
}
