-- CreateTable
CREATE TABLE "LogSource" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdByName" TEXT NOT NULL,
    "pausedAt" DATETIME,
    "removedAt" DATETIME
);

-- CreateTable
CREATE TABLE "IntakeKey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "logSourceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdByName" TEXT NOT NULL,
    "expiresAt" DATETIME,
    "revokedAt" DATETIME,
    "lastUsedAt" DATETIME,
    CONSTRAINT "IntakeKey_logSourceId_fkey" FOREIGN KEY ("logSourceId") REFERENCES "LogSource" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "LogSource_removedAt_name_idx" ON "LogSource"("removedAt", "name");

-- CreateIndex
CREATE UNIQUE INDEX "IntakeKey_secretHash_key" ON "IntakeKey"("secretHash");

-- CreateIndex
CREATE INDEX "IntakeKey_logSourceId_idx" ON "IntakeKey"("logSourceId");
