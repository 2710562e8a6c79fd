-- CreateIndex
CREATE INDEX "Alarm_status_detector_severityRank_idx" ON "Alarm"("status", "detector", "severityRank");

-- CreateIndex
CREATE INDEX "Alarm_demo_idx" ON "Alarm"("demo");
