-- CreateTable
CREATE TABLE "HostName" (
    "address" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "firstSeenAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "demo" BOOLEAN NOT NULL,

    PRIMARY KEY ("address", "origin", "name", "demo", "firstSeenAt")
);

-- CreateIndex
CREATE INDEX "HostName_lastSeenAt_idx" ON "HostName"("lastSeenAt");
