import type { FlagdCore } from "@openfeature/flagd-core";
import { OpenFeature, type Provider } from "@openfeature/server-sdk";
import type { Profile } from "../rules/definition";
import { contextOf, flagdOf } from "./rule-runners";

/** A document of flagd behind OpenFeature's server SDK, as an application has it. */
export async function openFeatureOf(document: string) {
  const domain = crypto.randomUUID();
  await OpenFeature.setProviderAndWait(domain, providerOf(flagdOf(document)));
  const client = OpenFeature.getClient(domain);
  return (flag: string, profile: Profile, asOf: number) =>
    client.getBooleanDetails(flag, false, contextOf(profile, asOf));
}

function providerOf(flagd: FlagdCore): Provider {
  return {
    metadata: { name: "flagd" },
    runsOn: "server",
    resolveBooleanEvaluation: async (...asked) => flagd.resolveBooleanEvaluation(...asked),
    resolveStringEvaluation: async (...asked) => flagd.resolveStringEvaluation(...asked),
    resolveNumberEvaluation: async (...asked) => flagd.resolveNumberEvaluation(...asked),
    resolveObjectEvaluation: async (...asked) => flagd.resolveObjectEvaluation(...asked),
  };
}
