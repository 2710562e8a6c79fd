-- A filter of the queue and its counts are answered from one narrow index each.
-- AlterTable
ALTER TABLE "Alarm" ADD COLUMN "techniqueIds" TEXT NOT NULL DEFAULT '';

UPDATE "Alarm" SET "techniqueIds" = coalesce((SELECT group_concat(claim.value ->> 'id', ' ') FROM json_each("techniques") claim), '');

-- DropIndex
DROP INDEX "Alarm_techniques_idx";
DROP INDEX "Alarm_lastSeenAt_id_idx";

-- CreateIndex
CREATE INDEX "Alarm_technique_idx" ON "Alarm"("status", "detector", "severityRank", "techniqueIds");

-- CreateIndex
CREATE INDEX "Alarm_newest_idx" ON "Alarm"("lastSeenAt" DESC, "id" DESC, "firstSeenAt");
