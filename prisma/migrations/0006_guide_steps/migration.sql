-- CreateTable
CREATE TABLE "GuideStep" (
    "alarmId" TEXT NOT NULL,
    "stepId" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "note" TEXT,
    "byUserId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("alarmId", "stepId")
);
