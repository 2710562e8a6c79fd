-- What explains an alarm is read one alarm at a time and is most of its bytes. Beside the row, a list or a decision on many never touches it.
-- CreateTable
CREATE TABLE "AlarmExplanation" (
    "alarmId" TEXT NOT NULL PRIMARY KEY,
    "scoreTerms" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    CONSTRAINT "AlarmExplanation_alarmId_fkey" FOREIGN KEY ("alarmId") REFERENCES "Alarm" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

INSERT INTO "AlarmExplanation" ("alarmId", "scoreTerms", "evidence") SELECT "id", "scoreTerms", "evidence" FROM "Alarm";

-- AlterTable
ALTER TABLE "Alarm" DROP COLUMN "scoreTerms";
ALTER TABLE "Alarm" DROP COLUMN "evidence";
ALTER TABLE "Alarm" ADD COLUMN "story" TEXT NOT NULL DEFAULT '';

UPDATE "Alarm" SET "story" = coalesce('z:' || "zone", 'h:' || coalesce("hostId", "hostName", "source", "id"));

-- DropIndex
DROP INDEX "Alarm_status_severityRank_score_lastSeenAt_id_idx";
DROP INDEX "Alarm_status_detector_severityRank_idx";

-- CreateIndex
CREATE INDEX "Alarm_worst_idx" ON "Alarm"("status", "severityRank" DESC, "score" DESC, "lastSeenAt" DESC, "id" DESC, "story", "detector", "ownerId");

-- CreateIndex
CREATE INDEX "Alarm_story_idx" ON "Alarm"("status", "story", "severityRank" DESC, "score" DESC, "lastSeenAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Alarm_facets_idx" ON "Alarm"("status", "detector", "severityRank", "ownerId");

-- CreateIndex
CREATE INDEX "Alarm_techniques_idx" ON "Alarm"("techniques");

-- CreateIndex
CREATE INDEX "Alarm_userName_idx" ON "Alarm"("userName");

-- CreateIndex
CREATE INDEX "Alarm_hostName_idx" ON "Alarm"("hostName" COLLATE NOCASE);

-- Indexes on expressions, which schema.prisma cannot say; lib/store/prisma/alarm-conditions.ts repeats the expressions letter by letter.
CREATE INDEX "Alarm_words_idx" ON "Alarm"(lower("id" || ' ' || coalesce("zone", '') || ' ' || coalesce("source", '') || ' ' || coalesce("hostId", '') || ' ' || coalesce("hostName", '') || ' ' || coalesce("userName", '') || ' ' || "summary"));
CREATE INDEX "Alarm_tool_idx" ON "Alarm"(lower("tool" ->> 'name')) WHERE "tool" IS NOT NULL;
CREATE INDEX "Alarm_closedAt_idx" ON "Alarm"("decision" ->> 'at') WHERE "status" = 'closed';
