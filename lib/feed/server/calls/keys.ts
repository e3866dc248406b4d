import { feedSigningKeysSchema } from "../../head-wire";
import type { Feed } from "../feed";
import { represent } from "../views/representation";
import { call, type FeedHono, requireKey, send } from "./call";

/** The keys that heads are signed with: the same for every scope. */
export function addKeys(app: FeedHono, feed: Feed): void {
  const contentType = "application/jwk-set+json";
  app.use("/v1/:environment/keys", requireKey(feed));
  app.openapi(
    call("/keys", "The public keys that sign heads, the one that signs now first", feedSigningKeysSchema, {
      contentType,
    }),
    (c) =>
      send(
        c,
        represent(feed.signer.jwks(), {
          scope: "keys",
          ...{ contentType, cacheControl: "private, max-age=300" },
        }),
      ),
  );
}
