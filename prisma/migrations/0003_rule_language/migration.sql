-- AlterTable
ALTER TABLE "Attribute" ADD COLUMN     "computation" JSONB,
ADD COLUMN     "refreshedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Segment" ADD COLUMN     "lists" TEXT[],
ADD COLUMN     "refersTo" TEXT[];

-- AlterTable
ALTER TABLE "Consumer" ADD COLUMN     "format" TEXT NOT NULL DEFAULT 'tree';

-- CreateTable
CREATE TABLE "EventType" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "properties" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EventType_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "ManagedList" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ManagedList_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "ManagedListVersion" (
    "listKey" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "mode" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "entries" JSONB NOT NULL,
    "contentHash" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ManagedListVersion_pkey" PRIMARY KEY ("listKey","number")
);

-- AddForeignKey
ALTER TABLE "ManagedListVersion" ADD CONSTRAINT "ManagedListVersion_listKey_fkey" FOREIGN KEY ("listKey") REFERENCES "ManagedList"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ManagedListVersion" ADD CONSTRAINT "ManagedListVersion_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a version of a list holds never changes: releases name it by its number.
CREATE FUNCTION "refuseListVersionChange"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A version of a list is immutable: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER "managedListVersionIsImmutable"
  BEFORE UPDATE OR DELETE OR TRUNCATE ON "ManagedListVersion"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseListVersionChange"();
