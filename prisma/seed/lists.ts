import type { DemoPersonKey } from "./people";
import { idsOf, type StoryContext } from "./stories/story";

export type DemoUpload = {
  readonly daysAgo: number;
  readonly mode: "replace" | "merge";
  readonly note: string;
  readonly entries: readonly { readonly customerId: string; readonly expiresAt?: string }[];
};

export type DemoList = {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly by: DemoPersonKey;
  /** The first of them makes the list too. */
  readonly uploads: readonly DemoUpload[];
};

export function demoLists(context: StoryContext): DemoList[] {
  return [press(context), designPartners(context)];
}

function press(context: StoryContext): DemoList {
  const ids = idsOf(context, 46, ({ attributes }) => attributes.plan === "pro" && attributes.language === "en");
  const named = (from: number, to: number) => ids.slice(from, to).map((customerId) => ({ customerId }));
  return {
    key: "press",
    name: "Press and analysts",
    description: "Journalists and analysts with an account of their own. The press office keeps it.",
    by: "author",
    uploads: [
      { daysAgo: 118, mode: "replace", note: "From the press office", entries: named(0, 34) },
      { daysAgo: 61, mode: "merge", note: "Who came to the conference", entries: named(30, 46) },
      { daysAgo: 12, mode: "replace", note: "Tidied for the winter", entries: named(4, 43) },
    ],
  };
}

function designPartners(context: StoryContext): DemoList {
  const { calendar } = context;
  const ids = idsOf(
    context,
    72,
    ({ region, attributes }) => attributes.is_business === true && (region === "eu" || region === "uk"),
  );
  const until = (from: number, to: number, days: number) =>
    ids.slice(from, to).map((customerId) => ({ customerId, expiresAt: calendar.isoDaysAgo(days) }));
  return {
    key: "design-partners",
    name: "Design partners",
    description: "Business customers who try things before others, for a quarter each.",
    by: "author",
    uploads: [
      { daysAgo: 74, mode: "replace", note: "The first round", entries: until(0, 40, -18) },
      { daysAgo: 6, mode: "merge", note: "The winter round", entries: until(40, 72, -84) },
    ],
  };
}
