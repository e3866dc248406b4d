import { globSync } from "node:fs";
import { join } from "node:path";

/** What the places of an address stand for, by what comes before them: "segments" for /segments/[key]. */
export type Places = Readonly<Record<string, string>>;

const app = join(import.meta.dirname, "..", "app");

/**
 * One address of every page that there is under app/, that of settings with each of its sections. Throws where nobody said what a place
 * in an address stands for: a page that is new is crawled from its first day.
 */
export function pageAddresses(places: Places, sections: readonly string[]): string[] {
  return globSync("**/page.tsx", { cwd: app }).flatMap((file) => {
    const path = file
      .replace(/\/?page\.tsx$/, "")
      .split("/")
      .filter((part) => !part.startsWith("("))
      .join("/");
    if (path.includes("[section]")) return sections.map((key) => `/${path.replace("[section]", key)}`);
    return [`/${path.replace(/([\w-]+)\/\[\w+\]/g, (_, resource: string) => placed(resource, places, path))}`];
  });
}

function placed(resource: string, places: Places, path: string): string {
  const place = places[resource];
  if (place === undefined) throw new Error(`Nobody said which of ${resource} to open in ${path}.`);
  return `${resource}/${encodeURIComponent(place)}`;
}
