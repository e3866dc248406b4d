-- AlterTable
ALTER TABLE "Consumer" ADD COLUMN     "delivery" TEXT NOT NULL DEFAULT 'poll',
ADD COLUMN     "pollSeconds" INTEGER NOT NULL DEFAULT 60;

-- AlterTable
ALTER TABLE "ConsumerKey" ADD COLUMN     "expiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "rotatedFromId" TEXT;

-- CreateTable
CREATE TABLE "ConsumerReceipt" (
    "keyId" TEXT NOT NULL,
    "instance" TEXT NOT NULL,
    "activated" INTEGER,
    "digest" TEXT,
    "matches" BOOLEAN,
    "activatedAt" TIMESTAMPTZ(3),
    "refused" INTEGER,
    "reason" TEXT,
    "refusedAt" TIMESTAMPTZ(3),
    "client" TEXT NOT NULL DEFAULT '',
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConsumerReceipt_pkey" PRIMARY KEY ("keyId","instance")
);

-- CreateTable
CREATE TABLE "ConsumerAlert" (
    "id" TEXT NOT NULL,
    "consumerId" TEXT NOT NULL,
    "environmentKey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ConsumerAlert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FeedSigningKey" (
    "id" TEXT NOT NULL,
    "publicKey" JSONB NOT NULL,
    "sealed" TEXT NOT NULL,
    "endorsement" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "signsFrom" TIMESTAMPTZ(3) NOT NULL,
    "knownUntil" TIMESTAMPTZ(3),

    CONSTRAINT "FeedSigningKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ConsumerAlert_consumerId_environmentKey_endedAt_idx" ON "ConsumerAlert"("consumerId", "environmentKey", "endedAt");

-- CreateIndex
CREATE INDEX "FeedSigningKey_signsFrom_idx" ON "FeedSigningKey"("signsFrom");

-- CreateIndex
CREATE UNIQUE INDEX "ConsumerKey_rotatedFromId_key" ON "ConsumerKey"("rotatedFromId");

-- AddForeignKey
ALTER TABLE "ConsumerReceipt" ADD CONSTRAINT "ConsumerReceipt_keyId_fkey" FOREIGN KEY ("keyId") REFERENCES "ConsumerKey"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConsumerAlert" ADD CONSTRAINT "ConsumerAlert_consumerId_fkey" FOREIGN KEY ("consumerId") REFERENCES "Consumer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
