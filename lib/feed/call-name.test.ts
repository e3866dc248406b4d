import { expect, test } from "vitest";
import { callNameOf } from "./call-name";

test.each([
  ["/feed/v1/production/head", "head"],
  ["/feed/v1/production/head?after=7&wait=30", "wait"],
  ["/feed/v1/production/bundle?format=flagd", "bundle"],
  ["/feed/v1/production/segments/vip/members?cursor=c", "members"],
  ["/feed/v1/production/segments/vip", "segments"],
  ["/feed/v1/production/customers/4711?namespace=crm", "customers"],
  ["/feed/v1/production/revisions/12/bundle", "revisions"],
  ["/feed/v1/production/4711", "other"],
  ["/feed/v1/production/headache", "other"],
  ["/feed", "other"],
])("%s is counted as %s", (url, name) => {
  expect(callNameOf(url)).toBe(name);
});
