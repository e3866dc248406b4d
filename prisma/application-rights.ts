type TableRights = {
  /** Columns that the application changes; "every" for all of them, absent for rows that stay as they were written. */
  readonly update?: "every" | readonly string[];
  readonly delete?: true;
};

/**
 * What the application's role may do beside reading and adding rows. Each table is named: one that is not is read and
 * added to only, and `prisma/grant-to-application.integration.test.ts` fails.
 */
export const applicationRights: Readonly<Record<string, TableRights>> = {
  Team: { update: ["name"] },
  Person: {
    update: [
      ...["email", "name", "roles", "teamKey", "passwordHash", "subject", "rolesFromGroups", "mailNotices"],
      ...["disabledAt", "sessionsEndedAt"],
    ],
  },
  PersonalToken: { update: ["lastUsedAt", "revokedAt"] },
  Attribute: { update: "every", delete: true },
  EventType: { update: "every", delete: true },
  ManagedList: { update: ["name", "description"] },
  ManagedListVersion: {},
  Purpose: { update: "every", delete: true },
  Region: { update: "every", delete: true },
  Segment: {
    update: [
      ...["state", "name", "description", "ownerTeam", "ownerPerson", "criticality", "tags", "purposes", "regions"],
      ...["attributes", "refersTo", "lists", "removalAt", "reviewDueAt"],
    ],
  },
  Version: {
    update: [
      ...["state", "reviewCycle", "draftRevision", "document", "contentHash", "baseVersionId", "note"],
      ...["evidence", "measured", "submittedAt", "updatedAt"],
    ],
  },
  Contribution: { update: ["lastAt"] },
  Verdict: {},
  ApprovalVoid: {},
  Comment: { update: ["resolvedAt", "resolvedBy"] },
  // Whoever changes one holds the whole table, which needs the right to all columns.
  ApprovalPolicy: { update: "every" },
  Change: { update: ["state", "decidedById", "decidedAt", "comment"] },
  Environment: { update: ["name", "position", "revision", "promotedFrom"] },
  FreezeWindow: { update: ["endedAt"] },
  ScheduledRelease: { update: ["state", "outcome", "releaseId", "settledAt"] },
  RolloutPlan: { update: ["steps", "taken", "state", "heldBecause", "nextAt", "settledAt"] },
  BreakGlassReview: { update: ["remindedAt", "closedAt", "closedById", "outcome", "comment"] },
  Revision: {},
  Release: { update: ["endedAt"] },
  MemberCount: { update: "every", delete: true },
  Consumer: { update: ["name", "description", "teamKey", "format", "locationKey", "delivery", "pollSeconds"] },
  ConsumerKey: { update: ["revokedAt", "expiresAt", "lastPulledAt", "lastPulledRevision"] },
  ConsumerReceipt: { update: "every", delete: true },
  ConsumerAlert: { update: ["detail", "revision", "endedAt"] },
  FeedSigningKey: { update: ["sealed", "knownUntil"] },
  Import: { update: "every" },
  IdentityNamespace: { update: ["name", "description"] },
  CustomerMerge: { update: ["undoneById", "undoneAt"], delete: true },
  LabelPolicy: { update: "every" },
  TransferRule: { update: "every", delete: true },
  Waiver: { update: ["endedById", "endedAt"] },
  DataRequest: { update: ["state", "customerId", "note", "settledById", "settledAt", "proof"] },
  ErasedCustomer: {},
  ScoreModel: { update: ["name", "description", "ownerTeam"] },
  ScoreModelVersion: { update: ["notes"] },
  AttributeDistribution: { delete: true },
  ScoreOverride: { update: ["replaced", "endedById", "endedAt"], delete: true },
  SegmentDrift: { update: "every", delete: true },
  IngestHour: { update: "every", delete: true },
  AuditEntry: {},
  AuditHead: { update: ["hash", "sequence"] },
  Notice: { update: ["readAt", "mail", "mailTries", "mailAt"], delete: true },
  WebhookEndpoint: { update: ["url", "description", "events", "secret", "disabledAt"] },
  WebhookDelivery: { update: ["state", "tries", "nextAt", "lastAnswer", "settledAt"], delete: true },
  Setting: { update: ["value"] },
};
