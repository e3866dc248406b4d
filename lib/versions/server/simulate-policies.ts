import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import { approvalsAsked } from "../../guards/label-findings";
import { loadLabelPolicies } from "../../guards/server/house-policies";
import { productionKey } from "../../segments/server/production";
import type { Context } from "../../server/context";
import { type ApprovalPolicy, appliesTo, type ChangeFacts } from "../approval-policy";
import { asPolicies } from "../label-asks";
import { simulateAsks, simulatedConditions, type Whom } from "../policy-simulation";
import type { simulatedFactsSchema, simulatePoliciesSchema, simulationSchema } from "../simulation-contract";
import { loadPolicies } from "./load-policies";
import { loadReviewFacts, toReviewer } from "./review-facts";
import { requireVersion } from "./version-row";

type Facts = z.output<typeof simulatedFactsSchema>;

/** What each environment would ask for of a version, or of a change that nobody wrote yet, and why. */
export async function simulatePolicies(
  ctx: Context,
  { versionId, facts, environment, policies }: z.output<typeof simulatePoliciesSchema>,
): Promise<z.input<typeof simulationSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const { db } = ctx;
  const { change, whom, byLabels } =
    versionId === undefined ? await imagined(ctx, facts) : await written(ctx, versionId);
  const asked = [...(policies ?? (await loadPolicies(db))), ...byLabels];
  const [environments, people, catalogue] = await Promise.all([
    db.environment.findMany({ where: environment ? { key: environment } : {}, orderBy: { position: "asc" } }),
    db.person.findMany({ orderBy: { id: "asc" } }),
    loadCatalogue(db),
  ]);
  const names = {
    environments: new Map(environments.map(({ key, name }) => [key, name])),
    purposes: namesOf(catalogue.purposes),
    attributes: namesOf(catalogue.attributes),
  };
  return {
    environments: environments.map(({ key, name }) => ({
      ...{ key, name },
      ...simulateAsks(asked, change, { environment: key, people: people.map(toReviewer), ...whom }),
      policies: asked.map((policy) => ({
        ...{ key: policy.key, name: policy.name, enabled: policy.enabled },
        applies: appliesTo(policy, change, key),
        conditions: simulatedConditions(policy, change, { environment: key, names }),
      })),
    })),
  };
}

type Simulated = {
  readonly change: ChangeFacts;
  readonly whom: Pick<Whom, "content" | "ownerTeam">;
  readonly byLabels: readonly ApprovalPolicy[];
};

async function written({ db }: Context, id: string): Promise<Simulated> {
  const { change, content, byLabels } = await loadReviewFacts(db, await requireVersion(db, id));
  return { change, whom: { content }, byLabels };
}

/** Of what nobody wrote yet it is not known to which consumers it goes: such label policies stay out. */
async function imagined({ db }: Context, facts: Facts | undefined): Promise<Simulated> {
  const { criticality, labels, purposes, treatments, archive, ownerTeam, ...impact } = facts ?? nothing;
  const carried = labels.map((label) => ({ label, path: "definition.rule", sources: [] }));
  const asked = approvalsAsked({ carried, purposes, treatments }, [], await loadLabelPolicies(db));
  return {
    byLabels: asPolicies(asked, await productionKey(db)),
    change: {
      criticalities: new Set([criticality]),
      labels: new Set(labels),
      purposes: new Set(purposes),
      treatments: new Set(treatments),
      ...{ archive, impact },
    },
    whom: { ownerTeam },
  };
}

const nothing: Facts = {
  ...{ criticality: "operational", labels: [], purposes: [], treatments: [], archive: false, ownerTeam: null },
  ...{ movedShare: 0, populationShare: 0, money: {} },
};

function namesOf(named: ReadonlyMap<string, { readonly name: string }>): ReadonlyMap<string, string> {
  return new Map([...named].map(([key, { name }]) => [key, name]));
}
