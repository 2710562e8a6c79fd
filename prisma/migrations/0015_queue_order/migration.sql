-- The queue walks these two, and tests a technique or a time on the way instead of finding it elsewhere first.
-- DropIndex
DROP INDEX "Alarm_worst_idx";

-- DropIndex
DROP INDEX "Alarm_story_idx";

-- CreateIndex
CREATE INDEX "Alarm_worst_idx" ON "Alarm"("status", "severityRank" DESC, "score" DESC, "lastSeenAt" DESC, "id" DESC, "story", "detector", "ownerId", "techniqueIds", "firstSeenAt");

-- CreateIndex
CREATE INDEX "Alarm_story_idx" ON "Alarm"("status", "story", "severityRank" DESC, "score" DESC, "lastSeenAt" DESC, "id" DESC, "techniqueIds");
