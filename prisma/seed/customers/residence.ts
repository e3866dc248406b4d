import type { Random } from "../random";

export type RegionKey = "eu" | "uk" | "us" | "ca" | "apac";

export type Residence = {
  /** Absent for customers whose residence nobody knows. */
  region?: RegionKey;
  country: string;
  language: string;
  /** Whose names and telephone numbers the customer has. */
  home: RegionKey;
};

const regionShares = { eu: 46, us: 22, uk: 18, apac: 8, ca: 6 } as const satisfies Record<RegionKey, number>;
const unknownResidence = 0.012;

const countryShares = {
  eu: { DE: 26, FR: 19, IT: 13, ES: 12, NL: 9, PL: 7, SE: 5, AT: 4, IE: 3, PT: 2 },
  uk: { GB: 1 },
  us: { US: 1 },
  ca: { CA: 1 },
  apac: { AU: 38, JP: 24, SG: 14, IN: 14, NZ: 10 },
} as const satisfies Record<RegionKey, Record<string, number>>;

const languageOf: Readonly<Record<string, string>> = {
  DE: "de",
  AT: "de",
  FR: "fr",
  IT: "it",
  ES: "es",
  NL: "nl",
  PL: "pl",
  SE: "sv",
  PT: "pt",
  JP: "ja",
};

export function drawResidence(random: Random): Residence {
  const home = random.weighted(regionShares);
  const country = random.weighted<string>(countryShares[home]);
  const language = random.chance(languageShareElsewhere(country))
    ? otherLanguage(country)
    : (languageOf[country] ?? "en");
  return { ...(random.chance(unknownResidence) ? {} : { region: home }), country, language, home };
}

function languageShareElsewhere(country: string): number {
  if (country === "CA") return 0.21;
  if (country === "US") return 0.11;
  return 0.06;
}

function otherLanguage(country: string): string {
  if (country === "CA") return "fr";
  if (country === "US") return "es";
  return languageOf[country] === undefined ? "es" : "en";
}
