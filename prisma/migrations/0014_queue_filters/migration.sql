-- A filter of the queue and its counts are answered from one narrow index each.
-- AlterTable
ALTER TABLE "Alarm" ADD COLUMN "techniqueIds" TEXT NOT NULL DEFAULT '';

UPDATE "Alarm" SET "techniqueIds" = coalesce((SELECT group_concat(claim.value ->> 'id', ' ') FROM json_each("techniques") claim), '');

-- DropIndex
DROP INDEX "Alarm_techniques_idx";
DROP INDEX "Alarm_words_idx";
DROP INDEX "Alarm_lastSeenAt_id_idx";
DROP INDEX "Alarm_severityRank_score_lastSeenAt_id_idx";

-- CreateIndex
CREATE INDEX "Alarm_technique_idx" ON "Alarm"("status", "detector", "severityRank", "techniqueIds");

-- CreateIndex
CREATE INDEX "Alarm_newest_idx" ON "Alarm"("lastSeenAt" DESC, "id" DESC, "firstSeenAt", "status", "detector", "severityRank", "ownerId");

-- CreateIndex
CREATE INDEX "Alarm_worst_of_all_idx" ON "Alarm"("severityRank" DESC, "score" DESC, "lastSeenAt" DESC, "id" DESC, "status", "story", "detector", "ownerId");

-- An index on an expression, which schema.prisma cannot say; lib/store/prisma/alarm-conditions.ts repeats the expression letter by letter.
CREATE INDEX "Alarm_words_idx" ON "Alarm"("status", "detector", "severityRank", lower("id" || ' ' || coalesce("zone", '') || ' ' || coalesce("source", '') || ' ' || coalesce("hostId", '') || ' ' || coalesce("hostName", '') || ' ' || coalesce("userName", '') || ' ' || "summary"));
