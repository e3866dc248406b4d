-- CreateEnum
CREATE TYPE "ChangeState" AS ENUM ('open', 'applied', 'rejected', 'withdrawn');

-- CreateEnum
CREATE TYPE "ScheduleState" AS ENUM ('pending', 'fired', 'refused', 'cancelled');

-- CreateEnum
CREATE TYPE "PlanState" AS ENUM ('running', 'held', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "DeliveryState" AS ENUM ('pending', 'delivered', 'failed');

-- AlterEnum
ALTER TYPE "ReleaseKind" ADD VALUE 'break_glass';

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "mailNotices" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "rolesFromGroups" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sessionsEndedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Segment" ADD COLUMN     "removalAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Version" ADD COLUMN     "measured" JSONB;

-- AlterTable
ALTER TABLE "Verdict" ADD COLUMN     "basis" JSONB,
ADD COLUMN     "via" TEXT NOT NULL DEFAULT 'session';

-- AlterTable
ALTER TABLE "Environment" DROP COLUMN "approvalsRequired",
ADD COLUMN     "promotedFrom" TEXT;

-- AlterTable
ALTER TABLE "Release" ADD COLUMN     "contentHash" TEXT,
ADD COLUMN     "quorum" JSONB;
UPDATE "Release" SET "contentHash" = "artefact" ->> 'contentHash';
ALTER TABLE "Release" ALTER COLUMN "contentHash" SET NOT NULL;

-- CreateTable
CREATE TABLE "ApprovalVoid" (
    "verdictId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ApprovalVoid_pkey" PRIMARY KEY ("verdictId")
);

-- CreateTable
CREATE TABLE "Comment" (
    "id" TEXT NOT NULL,
    "versionId" TEXT NOT NULL,
    "parentId" TEXT,
    "personId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "anchor" JSONB,
    "contentHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolvedAt" TIMESTAMPTZ(3),
    "resolvedBy" TEXT,

    CONSTRAINT "Comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApprovalPolicy" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "conditions" JSONB NOT NULL,
    "asks" JSONB NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "changeId" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ApprovalPolicy_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Change" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "subjectName" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT NOT NULL DEFAULT '',
    "state" "ChangeState" NOT NULL DEFAULT 'open',
    "authorId" TEXT,
    "authorName" TEXT NOT NULL,
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "comment" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FreezeWindow" (
    "id" TEXT NOT NULL,
    "environmentKey" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "FreezeWindow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScheduledRelease" (
    "id" TEXT NOT NULL,
    "environmentKey" TEXT NOT NULL,
    "versionId" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "rolloutPercent" DOUBLE PRECISION NOT NULL DEFAULT 100,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" "ScheduleState" NOT NULL DEFAULT 'pending',
    "outcome" TEXT NOT NULL DEFAULT '',
    "releaseId" TEXT,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "ScheduledRelease_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RolloutPlan" (
    "id" TEXT NOT NULL,
    "environmentKey" TEXT NOT NULL,
    "versionId" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "steps" JSONB NOT NULL,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "state" "PlanState" NOT NULL DEFAULT 'running',
    "heldBecause" TEXT NOT NULL DEFAULT '',
    "nextAt" TIMESTAMPTZ(3),
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "RolloutPlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BreakGlassReview" (
    "releaseId" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "remindedAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "closedById" TEXT,
    "outcome" TEXT,
    "comment" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "BreakGlassReview_pkey" PRIMARY KEY ("releaseId")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "href" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "readAt" TIMESTAMPTZ(3),
    "mail" "DeliveryState" NOT NULL DEFAULT 'pending',
    "mailTries" INTEGER NOT NULL DEFAULT 0,
    "mailAt" TIMESTAMPTZ(3),

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookEndpoint" (
    "id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "events" TEXT[],
    "secret" TEXT NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookEndpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "id" TEXT NOT NULL,
    "endpointId" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'pending',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAnswer" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Comment_versionId_createdAt_idx" ON "Comment"("versionId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Change_number_key" ON "Change"("number");

-- CreateIndex
CREATE INDEX "Change_state_kind_idx" ON "Change"("state", "kind");

-- CreateIndex
CREATE INDEX "Change_kind_subjectId_idx" ON "Change"("kind", "subjectId");

-- CreateIndex
CREATE INDEX "FreezeWindow_environmentKey_until_idx" ON "FreezeWindow"("environmentKey", "until");

-- CreateIndex
CREATE UNIQUE INDEX "ScheduledRelease_releaseId_key" ON "ScheduledRelease"("releaseId");

-- CreateIndex
CREATE INDEX "ScheduledRelease_state_at_idx" ON "ScheduledRelease"("state", "at");

-- CreateIndex
CREATE INDEX "ScheduledRelease_versionId_idx" ON "ScheduledRelease"("versionId");

-- CreateIndex
CREATE INDEX "RolloutPlan_state_nextAt_idx" ON "RolloutPlan"("state", "nextAt");

-- CreateIndex
CREATE INDEX "RolloutPlan_versionId_idx" ON "RolloutPlan"("versionId");

-- CreateIndex
CREATE INDEX "BreakGlassReview_closedAt_dueAt_idx" ON "BreakGlassReview"("closedAt", "dueAt");

-- CreateIndex
CREATE INDEX "Notice_personId_readAt_createdAt_idx" ON "Notice"("personId", "readAt", "createdAt");

-- CreateIndex
CREATE INDEX "Notice_mail_mailAt_idx" ON "Notice"("mail", "mailAt");

-- CreateIndex
CREATE INDEX "WebhookDelivery_state_nextAt_idx" ON "WebhookDelivery"("state", "nextAt");

-- CreateIndex
CREATE INDEX "WebhookDelivery_endpointId_createdAt_idx" ON "WebhookDelivery"("endpointId", "createdAt");

-- AddForeignKey
ALTER TABLE "ApprovalVoid" ADD CONSTRAINT "ApprovalVoid_verdictId_fkey" FOREIGN KEY ("verdictId") REFERENCES "Verdict"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Comment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApprovalPolicy" ADD CONSTRAINT "ApprovalPolicy_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "Change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Change" ADD CONSTRAINT "Change_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Change" ADD CONSTRAINT "Change_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FreezeWindow" ADD CONSTRAINT "FreezeWindow_environmentKey_fkey" FOREIGN KEY ("environmentKey") REFERENCES "Environment"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FreezeWindow" ADD CONSTRAINT "FreezeWindow_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScheduledRelease" ADD CONSTRAINT "ScheduledRelease_environmentKey_fkey" FOREIGN KEY ("environmentKey") REFERENCES "Environment"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScheduledRelease" ADD CONSTRAINT "ScheduledRelease_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScheduledRelease" ADD CONSTRAINT "ScheduledRelease_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RolloutPlan" ADD CONSTRAINT "RolloutPlan_environmentKey_fkey" FOREIGN KEY ("environmentKey") REFERENCES "Environment"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RolloutPlan" ADD CONSTRAINT "RolloutPlan_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RolloutPlan" ADD CONSTRAINT "RolloutPlan_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BreakGlassReview" ADD CONSTRAINT "BreakGlassReview_releaseId_fkey" FOREIGN KEY ("releaseId") REFERENCES "Release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BreakGlassReview" ADD CONSTRAINT "BreakGlassReview_closedById_fkey" FOREIGN KEY ("closedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookEndpoint" ADD CONSTRAINT "WebhookEndpoint_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_endpointId_fkey" FOREIGN KEY ("endpointId") REFERENCES "WebhookEndpoint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The policies that every installation begins with.
INSERT INTO "Change" ("id", "kind", "subjectId", "subjectName", "reason", "state", "authorName", "decidedAt")
VALUES ('installation', 'approval-policy', 'installation', 'The first policies',
  'Part of the installation.', 'applied', 'Installation', now());

INSERT INTO "ApprovalPolicy" ("key", "name", "description", "conditions", "asks", "changeId", "updatedAt") VALUES
  ('production', 'Production', 'Somebody else reads what goes to production.',
   '{"environments": ["production"]}', '[{"role": "reviewer", "count": 1}]', 'installation', now()),
  ('personal-data', 'Personal data', 'Privacy looks at the use of personal data and of special categories.',
   '{"environments": ["production"], "labels": ["personal", "special"]}',
   '[{"role": "privacy", "count": 1}]', 'installation', now()),
  ('billing-or-regulatory', 'Billing or regulatory', 'An operator looks at what bills customers or answers to a regulator.',
   '{"environments": ["production"], "criticalities": ["billing", "regulatory"]}',
   '[{"role": "operator", "count": 1}]', 'installation', now()),
  ('large-impact', 'Large impact', 'A second reviewer where more than 10 % of the members move.',
   '{"environments": ["production"], "movedShareAbove": 0.1}',
   '[{"role": "reviewer", "count": 2}]', 'installation', now()),
  ('large-share-of-customers', 'Large share of customers', 'A second reviewer where more than 5 % of all customers move.',
   '{"environments": ["production"], "populationShareAbove": 0.05}',
   '[{"role": "reviewer", "count": 2}]', 'installation', now());
