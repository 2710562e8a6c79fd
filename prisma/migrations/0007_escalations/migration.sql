-- AlterTable
ALTER TABLE "AlarmEvent" ADD COLUMN "escalationId" TEXT;

-- CreateTable
CREATE TABLE "Escalation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "ownerUserId" TEXT,
    "ownerName" TEXT,
    "createdAt" DATETIME NOT NULL,
    "createdByUserId" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "mergedIntoId" TEXT
);

-- CreateTable
CREATE TABLE "EscalationAlarm" (
    "escalationId" TEXT NOT NULL,
    "alarmId" TEXT NOT NULL,
    "addedAt" DATETIME NOT NULL,

    PRIMARY KEY ("escalationId", "alarmId")
);

-- CreateTable
CREATE TABLE "EscalationTask" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "escalationId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "detector" TEXT,
    "assigneeUserId" TEXT,
    "assigneeName" TEXT,
    "addedByName" TEXT NOT NULL,
    "addedAt" DATETIME NOT NULL,
    "doneAt" DATETIME,
    "doneByUserId" TEXT,
    "doneByName" TEXT,
    "removedAt" DATETIME
);

-- CreateTable
CREATE TABLE "EscalationEvent" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "escalationId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "action" TEXT NOT NULL,
    "byUserId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "note" TEXT,
    "detail" TEXT,
    "undoneById" TEXT,
    "subject" TEXT NOT NULL,
    "reversal" TEXT
);

-- CreateIndex
CREATE UNIQUE INDEX "Escalation_number_key" ON "Escalation"("number");

-- CreateIndex
CREATE INDEX "Escalation_status_number_idx" ON "Escalation"("status", "number" DESC);

-- CreateIndex
CREATE INDEX "EscalationAlarm_alarmId_idx" ON "EscalationAlarm"("alarmId");

-- CreateIndex
CREATE INDEX "EscalationTask_escalationId_position_idx" ON "EscalationTask"("escalationId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "EscalationEvent_id_key" ON "EscalationEvent"("id");

-- CreateIndex
CREATE INDEX "EscalationEvent_escalationId_seq_idx" ON "EscalationEvent"("escalationId", "seq");
