-- AlterTable
ALTER TABLE "Alarm" ADD COLUMN "ownerId" TEXT;
ALTER TABLE "Alarm" ADD COLUMN "ownerName" TEXT;

-- AlterTable
ALTER TABLE "AlarmEvent" ADD COLUMN "previousOwnerId" TEXT;
ALTER TABLE "AlarmEvent" ADD COLUMN "previousOwnerName" TEXT;
ALTER TABLE "AlarmEvent" ADD COLUMN "unitId" TEXT;

-- CreateTable
CREATE TABLE "Selection" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "byUserId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "count" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "SelectionItem" (
    "selectionId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "alarmId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("selectionId", "position"),
    CONSTRAINT "SelectionItem_selectionId_fkey" FOREIGN KEY ("selectionId") REFERENCES "Selection" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AlarmUnit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "selectionId" TEXT,
    "undoesUnitId" TEXT,
    "change" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "position" INTEGER NOT NULL DEFAULT -1,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,
    "byUserId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "undoneById" TEXT
);

-- CreateTable
CREATE TABLE "SavedView" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "byUserId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL,
    "defaultOf" TEXT,
    "createdAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Selection_expiresAt_idx" ON "Selection"("expiresAt");

-- CreateIndex
CREATE INDEX "SelectionItem_selectionId_alarmId_idx" ON "SelectionItem"("selectionId", "alarmId");

-- CreateIndex
CREATE INDEX "AlarmUnit_finishedAt_idx" ON "AlarmUnit"("finishedAt");

-- CreateIndex
CREATE INDEX "SavedView_byUserId_idx" ON "SavedView"("byUserId");

-- CreateIndex
CREATE INDEX "SavedView_shared_idx" ON "SavedView"("shared");

-- CreateIndex
CREATE INDEX "Alarm_ownerId_status_idx" ON "Alarm"("ownerId", "status");

-- CreateIndex
CREATE INDEX "AlarmEvent_unitId_idx" ON "AlarmEvent"("unitId");
