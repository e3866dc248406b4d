import type { z } from "zod";
import type { addModelVersionSchema, registerModelSchema } from "../../lib/scores/contract";
import { addModelVersion, registerModel } from "../../lib/scores/server/models";
import type { Context } from "../../lib/server/context";

type DemoModel = z.output<typeof registerModelSchema> & {
  readonly version: Omit<z.output<typeof addModelVersionSchema>, "trainedAt">;
  /** Before it was registered. */
  readonly trainedDaysAgo: number;
};

/** What makes the demo's scores: see `model` of its attributes. */
const demoModels: readonly DemoModel[] = [
  {
    ...{ key: "churn", name: "Churn", ownerTeam: "growth", trainedDaysAgo: 21 },
    description: "How likely a customer is to leave within 90 days.",
    version: {
      version: "v12",
      features: ["orders in 90 days", "support tickets in 90 days", "days since last seen", "plan"],
      notes: "Trained on two years of customers who left and who stayed.",
    },
  },
  {
    ...{ key: "fraud", name: "Fraud", ownerTeam: "risk", trainedDaysAgo: 12 },
    description: "How likely a payment of the customer is to be charged back.",
    version: {
      version: "v4",
      features: ["new device", "failed payments in 30 days", "country", "payment method"],
      notes: "From 0.70 on, one in three payments was charged back in the test month.",
    },
  },
];

export async function registerModels(ctx: Context): Promise<void> {
  for (const { version, trainedDaysAgo, ...model } of demoModels) {
    await registerModel(ctx, model);
    const trainedAt = new Date(ctx.now.getTime() - trainedDaysAgo * 86_400_000).toISOString();
    await addModelVersion(ctx, { ...version, key: model.key, trainedAt });
  }
}
