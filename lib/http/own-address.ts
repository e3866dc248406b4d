import { settings } from "../server/settings";

/** A path of ours as an address that people use: as the setting says, or as the request came. */
export function ownAddress({ headers, url }: Request, path: string): string {
  const { publicUrl } = settings();
  if (publicUrl) return new URL(path, publicUrl).href;
  const origin = new URL(url);
  origin.protocol = headers.get("x-forwarded-proto")?.split(",")[0] ?? origin.protocol;
  origin.host = headers.get("x-forwarded-host") ?? headers.get("host") ?? origin.host;
  return new URL(path, origin).href;
}
