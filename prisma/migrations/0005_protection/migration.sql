-- What may never be bypassed is held here as well, whoever writes. Functions look for tables in the schema alone:
-- a temporary table of the same name is not asked.

CREATE FUNCTION "refuseWrite"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: %', TG_OP, TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'insufficient_privilege';
END;
$$;

-- The names of the columns that an update changes, of those given.
CREATE FUNCTION "changedOf"(former jsonb, next jsonb, names text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(name), '{}') FROM unnest(names) AS name
  WHERE former -> name IS DISTINCT FROM next -> name;
$$;

-- Keeps the columns named as arguments as they were.
CREATE FUNCTION "refuseChangeOfColumns"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  changed text[] := "changedOf"(to_jsonb(OLD), to_jsonb(NEW), TG_ARGV);
BEGIN
  IF cardinality(changed) > 0 THEN
    RAISE EXCEPTION '% keeps its %.', TG_TABLE_NAME, array_to_string(changed, ', ')
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;

-- Two accounts of one sign-on are one person.
CREATE FUNCTION "isSamePerson"(one text, other text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT one = other OR EXISTS (
    SELECT FROM "Person" a JOIN "Person" b ON a."subject" = b."subject" WHERE a."id" = one AND b."id" = other
  );
$$;

CREATE FUNCTION "hasWritten"(person text, version text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM "Version" v WHERE v."id" = version AND "isSamePerson"(v."authorId", person)
    UNION ALL
    SELECT FROM "Contribution" c WHERE c."versionId" = version AND "isSamePerson"(c."personId", person)
  );
$$;

-- Versions

-- The same pairs as in lib/versions/state.ts.
CREATE FUNCTION "versionMayGo"(former "VersionState", next "VersionState") RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT (former::text, next::text) IN (
    ('draft', 'draft'), ('draft', 'in_review'), ('draft', 'withdrawn'),
    ('in_review', 'draft'), ('in_review', 'withdrawn'), ('in_review', 'approved'),
    ('in_review', 'changes_requested'), ('in_review', 'rejected'), ('in_review', 'released'),
    ('changes_requested', 'draft'), ('changes_requested', 'in_review'), ('changes_requested', 'withdrawn'),
    ('changes_requested', 'released'),
    ('approved', 'draft'), ('approved', 'withdrawn'), ('approved', 'changes_requested'), ('approved', 'rejected'),
    ('approved', 'in_review'), ('approved', 'released'),
    ('released', 'released'), ('released', 'superseded'),
    ('superseded', 'released'),
    ('withdrawn', 'draft')
  );
$$;

CREATE FUNCTION "checkVersion"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW."state" <> 'draft' THEN
      RAISE EXCEPTION 'A version begins as a draft.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW."state" <> OLD."state" AND NOT "versionMayGo"(OLD."state", NEW."state") THEN
    RAISE EXCEPTION 'A version that is % cannot become %.', OLD."state", NEW."state"
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."state" <> 'draft'
    AND (NEW."contentHash" <> OLD."contentHash" OR NEW."document" IS DISTINCT FROM OLD."document") THEN
    RAISE EXCEPTION 'Only a draft takes other content; this version is %.', NEW."state"
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."evidence" IS DISTINCT FROM OLD."evidence" AND NEW."state" <> 'draft'
    AND NOT (NEW."state" = 'in_review' AND OLD."state" IN ('draft', 'changes_requested')) THEN
    RAISE EXCEPTION 'Evidence is frozen when a version is submitted.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."reviewCycle" NOT IN (OLD."reviewCycle", OLD."reviewCycle" + 1)
    OR (NEW."state" = 'draft' AND OLD."state" <> 'draft' AND NEW."reviewCycle" = OLD."reviewCycle") THEN
    RAISE EXCEPTION 'What was submitted becomes a draft in the next round of review, and rounds only grow.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "versionHoldsItsLife" BEFORE INSERT OR UPDATE ON "Version"
  FOR EACH ROW EXECUTE FUNCTION "checkVersion"();
CREATE TRIGGER "versionKeepsItsIdentity" BEFORE UPDATE ON "Version"
  FOR EACH ROW EXECUTE FUNCTION "refuseChangeOfColumns"('id', 'segmentId', 'number', 'authorId', 'createdAt');
CREATE TRIGGER "versionStays" BEFORE DELETE OR TRUNCATE ON "Version"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('versions stay.');

CREATE TRIGGER "contributionKeepsItsPerson" BEFORE UPDATE ON "Contribution"
  FOR EACH ROW EXECUTE FUNCTION "refuseChangeOfColumns"('versionId', 'personId', 'firstAt');
CREATE TRIGGER "contributionStays" BEFORE DELETE OR TRUNCATE ON "Contribution"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('who wrote a version stays known.');

-- Verdicts

CREATE FUNCTION "checkVerdict"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  reviewed "Version";
BEGIN
  SELECT * INTO reviewed FROM "Version" WHERE "id" = NEW."versionId";
  IF reviewed."state" NOT IN ('in_review', 'approved') THEN
    RAISE EXCEPTION 'A version that is % takes no verdict.', reviewed."state"
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."contentHash" <> reviewed."contentHash" OR NEW."reviewCycle" <> reviewed."reviewCycle" THEN
    RAISE EXCEPTION 'A verdict is on the content that is under review, in its round.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF "hasWritten"(NEW."personId", NEW."versionId") THEN
    RAISE EXCEPTION 'Whoever wrote a version gives no verdict on it.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (SELECT FROM "Person" WHERE "id" = NEW."personId" AND "disabledAt" IS NOT NULL) THEN
    RAISE EXCEPTION 'A disabled account gives no verdict.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "verdictIsOnWhatIsReviewed" BEFORE INSERT ON "Verdict"
  FOR EACH ROW EXECUTE FUNCTION "checkVerdict"();
CREATE TRIGGER "verdictIsForGood" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Verdict"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('verdicts are for good.');
CREATE TRIGGER "approvalVoidIsForGood" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ApprovalVoid"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('what was taken away stays taken away.');

CREATE TRIGGER "commentKeepsItsWords" BEFORE UPDATE ON "Comment" FOR EACH ROW EXECUTE FUNCTION
  "refuseChangeOfColumns"('id', 'versionId', 'parentId', 'personId', 'body', 'anchor', 'contentHash', 'createdAt');
CREATE TRIGGER "commentStays" BEFORE DELETE OR TRUNCATE ON "Comment"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('comments stay.');

-- Environments, revisions, releases

CREATE FUNCTION "checkEnvironment"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW."revision" NOT IN (OLD."revision", OLD."revision" + 1) THEN
    RAISE EXCEPTION 'Revisions of % follow each other: after % comes %.', OLD."key", OLD."revision", OLD."revision" + 1
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "environmentCountsOn" BEFORE UPDATE ON "Environment"
  FOR EACH ROW EXECUTE FUNCTION "checkEnvironment"();
CREATE TRIGGER "environmentKeepsItsKey" BEFORE UPDATE ON "Environment"
  FOR EACH ROW EXECUTE FUNCTION "refuseChangeOfColumns"('key');
CREATE TRIGGER "environmentStays" BEFORE DELETE OR TRUNCATE ON "Environment"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('environments stay.');

CREATE FUNCTION "checkRevision"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "Environment" WHERE "key" = NEW."environmentKey" AND "revision" = NEW."number") THEN
    RAISE EXCEPTION 'Revision % is not where % stands.', NEW."number", NEW."environmentKey"
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "revisionIsTheHead" BEFORE INSERT ON "Revision"
  FOR EACH ROW EXECUTE FUNCTION "checkRevision"();
CREATE TRIGGER "revisionIsForGood" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Revision"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('revisions are for good.');

-- At the end of the transaction, so that a head that moved has its revision.
CREATE FUNCTION "checkHeadRevision"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "Revision" WHERE "environmentKey" = NEW."key" AND "number" = NEW."revision") THEN
    RAISE EXCEPTION '% went to revision % without one.', NEW."key", NEW."revision"
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END;
$$;

CREATE CONSTRAINT TRIGGER "headHasItsRevision" AFTER UPDATE OF "revision" ON "Environment"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD."revision" IS DISTINCT FROM NEW."revision") EXECUTE FUNCTION "checkHeadRevision"();

-- The approvals of a version that stand: each person's last verdict on its content, in its round, by who may review it.
CREATE FUNCTION "standingApprovals"(version text) RETURNS TABLE ("verdictId" text, "roles" "Role"[])
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT l."id", p."roles"
  FROM (
    SELECT DISTINCT ON (coalesce(p."subject", p."id")) d.*
    FROM "Verdict" d
    JOIN "Version" v ON v."id" = d."versionId"
      AND v."contentHash" = d."contentHash" AND v."reviewCycle" = d."reviewCycle"
    JOIN "Person" p ON p."id" = d."personId"
    WHERE d."versionId" = version
    ORDER BY coalesce(p."subject", p."id"), d."createdAt" DESC, d."id" DESC
  ) l
  JOIN "Person" p ON p."id" = l."personId" AND p."disabledAt" IS NULL
  WHERE l."verdict" = 'approve' AND NOT "hasWritten"(p."id", version)
    AND NOT EXISTS (SELECT FROM "ApprovalVoid" o WHERE o."verdictId" = l."id");
$$;

-- What enabled policies ask for whatever is released to the environment; conditions on content are the application's.
CREATE FUNCTION "alwaysAsked"(environment text) RETURNS TABLE ("role" "Role", "count" integer)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT (ask ->> 'role')::"Role", max((ask ->> 'count')::integer)
  FROM "ApprovalPolicy" p CROSS JOIN jsonb_array_elements(p."asks") AS ask
  WHERE p."enabled" AND p."conditions" - 'environments' = '{}'
    AND (p."conditions" -> 'environments' IS NULL OR p."conditions" -> 'environments' ? environment)
  GROUP BY 1;
$$;

CREATE FUNCTION "checkRelease"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  served "Version";
  asked record;
  given integer;
BEGIN
  SELECT * INTO served FROM "Version" WHERE "id" = NEW."versionId";
  IF served."segmentId" <> NEW."segmentId" THEN
    RAISE EXCEPTION 'A release is of a version of its segment.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM "Environment" WHERE "key" = NEW."environmentKey" AND "revision" = NEW."revision") THEN
    RAISE EXCEPTION 'A release takes the revision at which % stands.', NEW."environmentKey"
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."artefact" ->> 'contentHash' IS DISTINCT FROM NEW."contentHash" OR NEW."endedAt" IS NOT NULL THEN
    RAISE EXCEPTION 'A release begins with the artefact of its content.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."kind" <> 'release' AND btrim(NEW."reason") = '' THEN
    RAISE EXCEPTION 'A % has a reason.', NEW."kind" USING ERRCODE = 'integrity_constraint_violation';
  END IF;

  IF NEW."kind" IN ('rollback', 'kill') THEN
    IF NOT EXISTS (
      SELECT FROM "Release" r LEFT JOIN "BreakGlassReview" b ON b."releaseId" = r."id"
      WHERE r."environmentKey" = NEW."environmentKey"
        AND r."versionId" = NEW."versionId" AND r."contentHash" = NEW."contentHash"
        AND (NEW."kind" = 'kill' OR r."kind" IN ('release', 'rollback') OR b."outcome" = 'justified')
    ) THEN
      RAISE EXCEPTION 'A % is of what % served before.', NEW."kind", NEW."environmentKey"
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;

  IF served."contentHash" <> NEW."contentHash" THEN
    RAISE EXCEPTION 'A release is of the content of its version.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."kind" = 'break_glass' THEN
    IF served."state" NOT IN ('in_review', 'changes_requested', 'approved', 'released') THEN
      RAISE EXCEPTION 'Only submitted content is released by breaking the glass; this version is %.', served."state"
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF served."state" NOT IN ('in_review', 'approved', 'released') THEN
    RAISE EXCEPTION 'A version that is % is not released.', served."state"
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  FOR asked IN SELECT * FROM "alwaysAsked"(NEW."environmentKey") LOOP
    SELECT count(*) INTO given FROM "standingApprovals"(NEW."versionId") a WHERE asked."role" = ANY (a."roles");
    IF given < asked."count" OR NEW."quorum" IS NULL OR served."state" = 'in_review' THEN
      RAISE EXCEPTION '% asks for % approval(s) of a %; % stand.',
        NEW."environmentKey", asked."count", asked."role", given USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "releaseIsReviewed" BEFORE INSERT ON "Release"
  FOR EACH ROW EXECUTE FUNCTION "checkRelease"();

-- At the end of the transaction: an entry of the audit names the release, and the glass was broken with a review open.
CREATE FUNCTION "checkReleaseIsRecorded"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM "AuditEntry" e JOIN "Segment" s ON s."id" = NEW."segmentId"
    WHERE e."subjectType" = 'segment' AND e."subjectId" = s."key"
      AND e."after" ->> 'environment' = NEW."environmentKey" AND e."after" ->> 'revision' = NEW."revision"::text
  ) THEN
    RAISE EXCEPTION 'A release has its entry in the audit.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."kind" = 'break_glass' AND NOT EXISTS (SELECT FROM "BreakGlassReview" WHERE "releaseId" = NEW."id") THEN
    RAISE EXCEPTION 'What is released by breaking the glass is reviewed afterwards.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END;
$$;

CREATE CONSTRAINT TRIGGER "releaseIsRecorded" AFTER INSERT ON "Release"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "checkReleaseIsRecorded"();

CREATE FUNCTION "checkReleaseEnd"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF to_jsonb(NEW) - 'endedAt' IS DISTINCT FROM to_jsonb(OLD) - 'endedAt'
    OR OLD."endedAt" IS NOT NULL OR NEW."endedAt" IS NULL THEN
    RAISE EXCEPTION 'A release only ends, once.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "releaseOnlyEnds" BEFORE UPDATE ON "Release"
  FOR EACH ROW EXECUTE FUNCTION "checkReleaseEnd"();
CREATE TRIGGER "releaseStays" BEFORE DELETE OR TRUNCATE ON "Release"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('releases stay.');

CREATE FUNCTION "checkBreakGlassReview"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  broken "Release";
BEGIN
  SELECT * INTO broken FROM "Release" WHERE "id" = NEW."releaseId";
  IF TG_OP = 'INSERT' THEN
    IF broken."kind" <> 'break_glass' OR NEW."closedAt" IS NOT NULL THEN
      RAISE EXCEPTION 'A review afterwards opens with a release that broke the glass.'
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD."closedAt" IS NOT NULL THEN
    RAISE EXCEPTION 'A review that is closed stays as it is.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."closedAt" IS NOT NULL AND (
    NEW."closedById" IS NULL OR "isSamePerson"(NEW."closedById", broken."actorId")
    OR "hasWritten"(NEW."closedById", broken."versionId")
  ) THEN
    RAISE EXCEPTION 'Somebody else closes it: neither who broke the glass nor who wrote the version.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "breakGlassReviewClosesOnce" BEFORE INSERT OR UPDATE ON "BreakGlassReview"
  FOR EACH ROW EXECUTE FUNCTION "checkBreakGlassReview"();
CREATE TRIGGER "breakGlassReviewKeepsItsRelease" BEFORE UPDATE ON "BreakGlassReview"
  FOR EACH ROW EXECUTE FUNCTION "refuseChangeOfColumns"('releaseId', 'dueAt');
CREATE TRIGGER "breakGlassReviewStays" BEFORE DELETE OR TRUNCATE ON "BreakGlassReview"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('reviews of broken glass stay.');

-- Changes by two people, and the policies that rest on them

-- The first person of an installation: while there is no administrator, nobody could be the second one.
CREATE FUNCTION "hasAdministrator"() RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM "Person" WHERE 'admin' = ANY ("roles") AND "disabledAt" IS NULL);
$$;

CREATE FUNCTION "checkChange"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW."state" <> 'open' AND "hasAdministrator"() THEN
    RAISE EXCEPTION 'A change begins as a proposal.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD."state" <> 'open' THEN
    RAISE EXCEPTION 'A change that is % stays as it is.', OLD."state" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."state" = 'applied' AND NEW."decidedById" IS NULL AND "hasAdministrator"() THEN
    RAISE EXCEPTION 'A change is applied by a second person.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."state" = 'applied' AND (
    "isSamePerson"(NEW."decidedById", NEW."authorId") OR "isSamePerson"(NEW."decidedById", NEW."subjectId")
  ) THEN
    RAISE EXCEPTION 'Neither who proposed a change nor whom it is about applies it.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "changeIsMadeByTwo" BEFORE INSERT OR UPDATE ON "Change"
  FOR EACH ROW EXECUTE FUNCTION "checkChange"();
CREATE TRIGGER "changeKeepsWhatItProposes" BEFORE UPDATE ON "Change" FOR EACH ROW EXECUTE FUNCTION
  "refuseChangeOfColumns"('id', 'number', 'kind', 'subjectId', 'subjectName', 'before', 'after', 'reason',
    'authorId', 'authorName', 'createdAt');
CREATE TRIGGER "changeStays" BEFORE DELETE OR TRUNCATE ON "Change"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('changes stay.');

CREATE FUNCTION "checkApprovalPolicy"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW."key" <> OLD."key" OR NEW."changeId" = OLD."changeId") THEN
    RAISE EXCEPTION 'A policy keeps its key, and each change of it is another one.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (
    SELECT FROM "Change" c WHERE c."id" = NEW."changeId" AND c."id" <> 'installation'
      AND c."kind" = 'approval-policy' AND c."subjectId" = NEW."key" AND c."state" = 'applied'
      AND c."after" = jsonb_build_object('name', NEW."name", 'description', NEW."description",
        'conditions', NEW."conditions", 'asks', NEW."asks", 'enabled', NEW."enabled")
  ) THEN
    RAISE EXCEPTION 'A policy is what two people made it by an applied change.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "approvalPolicyIsMadeByTwo" BEFORE INSERT OR UPDATE ON "ApprovalPolicy"
  FOR EACH ROW EXECUTE FUNCTION "checkApprovalPolicy"();
CREATE TRIGGER "approvalPolicyStays" BEFORE DELETE OR TRUNCATE ON "ApprovalPolicy"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('a policy is disabled, not deleted.');

-- The audit

CREATE FUNCTION "checkAuditEntry"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM "AuditHead" WHERE "id" = 1 AND "sequence" = NEW."sequence" - 1 AND "hash" = NEW."previousHash"
  ) THEN
    RAISE EXCEPTION 'An entry follows the head of the chain.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "auditEntryFollowsTheHead" BEFORE INSERT ON "AuditEntry"
  FOR EACH ROW EXECUTE FUNCTION "checkAuditEntry"();

CREATE FUNCTION "checkAuditHead"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW."id" <> 1 OR NEW."sequence" <> 0 OR NEW."hash" <> repeat('0', 64) THEN
      RAISE EXCEPTION 'The chain begins at nothing.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW."id" <> OLD."id" OR NEW."sequence" <> OLD."sequence" + 1 OR NOT EXISTS (
    SELECT FROM "AuditEntry" WHERE "sequence" = NEW."sequence" AND "hash" = NEW."hash"
  ) THEN
    RAISE EXCEPTION 'The head of the chain moves to the entry that was appended.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "auditHeadMovesOn" BEFORE INSERT OR UPDATE ON "AuditHead"
  FOR EACH ROW EXECUTE FUNCTION "checkAuditHead"();
CREATE TRIGGER "auditHeadStays" BEFORE DELETE OR TRUNCATE ON "AuditHead"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseWrite"('the chain has one head.');

-- Every entry is in the chain when its transaction ends.
CREATE FUNCTION "checkAuditEntryIsChained"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "AuditHead" WHERE "sequence" >= NEW."sequence") THEN
    RAISE EXCEPTION 'The head of the chain moves with each entry.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END;
$$;

CREATE CONSTRAINT TRIGGER "auditEntryIsChained" AFTER INSERT ON "AuditEntry"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "checkAuditEntryIsChained"();
