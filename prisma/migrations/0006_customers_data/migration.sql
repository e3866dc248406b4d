-- CreateEnum
CREATE TYPE "DataRequestKind" AS ENUM ('access', 'erasure');

-- CreateEnum
CREATE TYPE "DataRequestState" AS ENUM ('open', 'done', 'refused');

-- AlterTable
ALTER TABLE "Attribute" ADD COLUMN     "arrivedAt" TIMESTAMPTZ(3),
ADD COLUMN     "arrivesEveryHours" INTEGER;

-- AlterTable
ALTER TABLE "Revision" ADD COLUMN     "cause" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "entered" INTEGER,
ADD COLUMN     "left" INTEGER;

-- AlterTable
ALTER TABLE "Consumer" ADD COLUMN     "locationKey" TEXT;

-- CreateTable
CREATE TABLE "IdentityNamespace" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "hashed" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdentityNamespace_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "CustomerMerge" (
    "id" TEXT NOT NULL,
    "fromId" TEXT NOT NULL,
    "intoId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "mergedById" TEXT NOT NULL,
    "mergedAt" TIMESTAMPTZ(3) NOT NULL,
    "undoneById" TEXT,
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "CustomerMerge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LabelPolicy" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "label" TEXT NOT NULL,
    "when" JSONB NOT NULL,
    "effect" TEXT NOT NULL,
    "role" "Role",
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "changeId" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LabelPolicy_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "TransferRule" (
    "fromKey" TEXT NOT NULL,
    "toKey" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "changeId" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TransferRule_pkey" PRIMARY KEY ("fromKey","toKey")
);

-- CreateTable
CREATE TABLE "Waiver" (
    "id" TEXT NOT NULL,
    "segmentKey" TEXT NOT NULL,
    "findingCode" TEXT NOT NULL,
    "path" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "grantedById" TEXT NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedById" TEXT,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Waiver_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DataRequest" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "kind" "DataRequestKind" NOT NULL,
    "state" "DataRequestState" NOT NULL DEFAULT 'open',
    "customerId" TEXT,
    "customerHash" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "createdById" TEXT NOT NULL,
    "settledById" TEXT,
    "settledAt" TIMESTAMPTZ(3),
    "proof" JSONB,

    CONSTRAINT "DataRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ErasedCustomer" (
    "customerHash" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "erasedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ErasedCustomer_pkey" PRIMARY KEY ("customerHash")
);

-- CreateTable
CREATE TABLE "ScoreModel" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "ownerTeam" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ScoreModel_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "ScoreModelVersion" (
    "modelKey" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "trainedAt" TIMESTAMPTZ(3),
    "features" TEXT[],
    "notes" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ScoreModelVersion_pkey" PRIMARY KEY ("modelKey","version")
);

-- CreateTable
CREATE TABLE "AttributeDistribution" (
    "attributeKey" TEXT NOT NULL,
    "measuredAt" TIMESTAMPTZ(3) NOT NULL,
    "modelVersion" TEXT,
    "customers" INTEGER NOT NULL,
    "missing" INTEGER NOT NULL,
    "shape" JSONB NOT NULL,
    "stability" DOUBLE PRECISION,
    "comparedWith" TIMESTAMPTZ(3),

    CONSTRAINT "AttributeDistribution_pkey" PRIMARY KEY ("attributeKey","measuredAt")
);

-- CreateTable
CREATE TABLE "ScoreOverride" (
    "id" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "attributeKey" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "replaced" JSONB,
    "reason" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedById" TEXT,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ScoreOverride_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SegmentDrift" (
    "segmentKey" TEXT NOT NULL,
    "environmentKey" TEXT NOT NULL,
    "measuredAt" TIMESTAMPTZ(3) NOT NULL,
    "afterRevision" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "before" INTEGER NOT NULL,
    "entered" INTEGER NOT NULL,
    "left" INTEGER NOT NULL,

    CONSTRAINT "SegmentDrift_pkey" PRIMARY KEY ("segmentKey","environmentKey")
);

-- CreateTable
CREATE TABLE "IngestHour" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "repeated" INTEGER NOT NULL DEFAULT 0,
    "late" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "codes" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "IngestHour_pkey" PRIMARY KEY ("hour","source","target")
);

-- CreateIndex
CREATE INDEX "CustomerMerge_fromId_idx" ON "CustomerMerge"("fromId");

-- CreateIndex
CREATE INDEX "CustomerMerge_intoId_idx" ON "CustomerMerge"("intoId");

-- CreateIndex
CREATE INDEX "Waiver_segmentKey_idx" ON "Waiver"("segmentKey");

-- CreateIndex
CREATE UNIQUE INDEX "DataRequest_number_key" ON "DataRequest"("number");

-- CreateIndex
CREATE INDEX "DataRequest_state_dueAt_idx" ON "DataRequest"("state", "dueAt");

-- CreateIndex
CREATE INDEX "DataRequest_customerHash_idx" ON "DataRequest"("customerHash");

-- CreateIndex
CREATE INDEX "ScoreOverride_customerId_idx" ON "ScoreOverride"("customerId");

-- CreateIndex
CREATE INDEX "ScoreOverride_endedAt_expiresAt_idx" ON "ScoreOverride"("endedAt", "expiresAt");

-- CreateIndex
CREATE INDEX "Revision_environmentKey_createdAt_idx" ON "Revision"("environmentKey", "createdAt");

-- AddForeignKey
ALTER TABLE "ScoreModelVersion" ADD CONSTRAINT "ScoreModelVersion_modelKey_fkey" FOREIGN KEY ("modelKey") REFERENCES "ScoreModel"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What two people decide on

CREATE FUNCTION "checkMadeByTwo"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  subject TEXT;
  content JSONB;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW."changeId" = OLD."changeId" THEN
    RAISE EXCEPTION 'Each change of it is another one.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_ARGV[0] = 'label-policy' THEN
    subject := NEW."key";
    content := jsonb_build_object('name', NEW."name", 'description', NEW."description", 'label', NEW."label",
      'when', NEW."when", 'effect', NEW."effect", 'role', NEW."role", 'enabled', NEW."enabled");
  ELSE
    subject := NEW."fromKey" || '>' || NEW."toKey";
    content := jsonb_build_object('allowed', true, 'ground', NEW."ground", 'note', NEW."note");
  END IF;
  IF NOT EXISTS (
    SELECT FROM "Change" c WHERE c."id" = NEW."changeId" AND c."kind" = TG_ARGV[0]
      AND c."subjectId" = subject AND c."state" = 'applied' AND c."after" = content
  ) THEN
    RAISE EXCEPTION 'It is what two people made it by an applied change.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "labelPolicyIsMadeByTwo" BEFORE INSERT OR UPDATE ON "LabelPolicy"
  FOR EACH ROW EXECUTE FUNCTION "checkMadeByTwo"('label-policy');
CREATE TRIGGER "labelPolicyStays" BEFORE DELETE OR TRUNCATE ON "LabelPolicy"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('a label policy is disabled, not deleted.');
CREATE TRIGGER "transferRuleIsMadeByTwo" BEFORE INSERT OR UPDATE ON "TransferRule"
  FOR EACH ROW EXECUTE FUNCTION "checkMadeByTwo"('transfer-rule');
CREATE TRIGGER "waiverKeepsWhatItSays" BEFORE UPDATE ON "Waiver" FOR EACH ROW EXECUTE FUNCTION
  "refuseChangeOfColumns"('id', 'segmentKey', 'findingCode', 'path', 'reason', 'until', 'grantedById', 'grantedAt');
CREATE TRIGGER "waiverStays" BEFORE DELETE OR TRUNCATE ON "Waiver"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('a waiver is ended, not deleted.');

INSERT INTO "IdentityNamespace" ("key", "name", "description", "hashed") VALUES
    ('email', 'E-mail address', 'Kept as a keyed hash: whoever knows an address finds its customer, and nobody reads addresses here.', true),
    ('device', 'Device', 'A device or browser, by the id that it was given.', false),
    ('account', 'Account', 'The number of the account with the company.', false);

-- Erasure

-- Where one customer is named, by place: how often each of the tables does.
CREATE FUNCTION "customerTraces"(customer text) RETURNS jsonb
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'versions', (SELECT count(*) FROM "Version" WHERE position(named IN "document"::text) > 0),
    'releases', (SELECT count(*) FROM "Release" WHERE position(named IN "artefact"::text) > 0),
    'lists', (SELECT count(*) FROM "ManagedListVersion" WHERE position(named IN "entries"::text) > 0),
    'records of merges', (SELECT count(*) FROM "CustomerMerge" WHERE customer IN ("fromId", "intoId")),
    'score overrides', (SELECT count(*) FROM "ScoreOverride" WHERE "customerId" = customer),
    'requests', (SELECT count(*) FROM "DataRequest" WHERE "customerId" = customer)
  )
  FROM (SELECT '"customerId": ' || to_jsonb(customer)::text AS named) AS needle;
$$;

-- Puts a keyed hash in place of a customer's id in what else never changes: documents, artefacts and lists. It acts as
-- the owner, and for a customer only whose erasure is open, with its entry in the audit, and who is known as erased by
-- that hash.
CREATE FUNCTION "hideCustomer"(customer text, hash text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  named text := '"customerId": ' || to_jsonb(customer)::text;
  hidden text := '"customerId": ' || to_jsonb('erased:' || hash)::text;
BEGIN
  IF hash !~ '^[0-9a-f]{64}$' OR NOT EXISTS (
    SELECT FROM "DataRequest" r JOIN "ErasedCustomer" e ON e."customerHash" = r."customerHash"
    WHERE r."kind" = 'erasure' AND r."state" = 'open' AND r."customerId" = customer AND r."customerHash" = hash
  ) OR NOT EXISTS (
    SELECT FROM "AuditEntry" a
    WHERE a."action" = 'data-request.opened' AND a."subjectType" = 'customer' AND a."subjectId" = "hideCustomer".hash
  ) THEN
    RAISE EXCEPTION 'Only a customer whose erasure is open is hidden.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  ALTER TABLE "Version" DISABLE TRIGGER USER;
  ALTER TABLE "Release" DISABLE TRIGGER USER;
  ALTER TABLE "ManagedListVersion" DISABLE TRIGGER USER;
  UPDATE "Version" SET "document" = replace("document"::text, named, hidden)::jsonb,
    "draftRevision" = "draftRevision" + CASE "state" WHEN 'draft' THEN 1 ELSE 0 END
    WHERE position(named IN "document"::text) > 0;
  UPDATE "Release" SET "artefact" = replace("artefact"::text, named, hidden)::jsonb
    WHERE position(named IN "artefact"::text) > 0;
  UPDATE "ManagedListVersion" SET "entries" = replace("entries"::text, named, hidden)::jsonb
    WHERE position(named IN "entries"::text) > 0;
  ALTER TABLE "Version" ENABLE TRIGGER USER;
  ALTER TABLE "Release" ENABLE TRIGGER USER;
  ALTER TABLE "ManagedListVersion" ENABLE TRIGGER USER;
END;
$$;
