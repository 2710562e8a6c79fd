-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL,
    "image" TEXT,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "role" TEXT,
    "banned" BOOLEAN,
    "banReason" TEXT,
    "banExpires" DATETIME
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "token" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "userId" TEXT NOT NULL,
    "impersonatedBy" TEXT,
    CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" DATETIME,
    "refreshTokenExpiresAt" DATETIME,
    "scope" TEXT,
    "password" TEXT,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "lastRequest" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "SignInFailure" (
    "account" TEXT NOT NULL PRIMARY KEY,
    "failures" INTEGER NOT NULL,
    "firstAt" DATETIME NOT NULL,
    "blockedUntil" DATETIME
);

-- CreateTable
CREATE TABLE "Alarm" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "detector" TEXT NOT NULL,
    "zone" TEXT,
    "source" TEXT,
    "hostId" TEXT,
    "hostName" TEXT,
    "userName" TEXT,
    "severity" TEXT NOT NULL,
    "severityRank" INTEGER NOT NULL,
    "score" REAL NOT NULL,
    "ruleSeverity" TEXT NOT NULL,
    "ruleRisk" REAL NOT NULL,
    "status" TEXT NOT NULL,
    "openedAt" DATETIME NOT NULL,
    "firstSeenAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "queries" BIGINT NOT NULL,
    "distinctNames" BIGINT NOT NULL,
    "recurrences" INTEGER NOT NULL,
    "summary" TEXT NOT NULL,
    "tool" TEXT,
    "techniques" TEXT NOT NULL,
    "scoreTerms" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "decision" TEXT,
    "suppressedByEntryId" TEXT,
    "demo" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "noteCount" INTEGER NOT NULL DEFAULT 0,
    "sparkline" TEXT NOT NULL DEFAULT '[]',
    "changeNumber" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "AlarmEvent" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "alarmId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "action" TEXT NOT NULL,
    "byUserId" TEXT,
    "byName" TEXT,
    "note" TEXT,
    "detail" TEXT,
    "undoneById" TEXT,
    "previousStatus" TEXT,
    "previousDecision" TEXT,
    "previousSuppressedByEntryId" TEXT,
    "entryId" TEXT
);

-- CreateTable
CREATE TABLE "AllowlistEntry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "domain" TEXT NOT NULL,
    "source" TEXT,
    "detector" TEXT,
    "reason" TEXT NOT NULL,
    "family" TEXT,
    "createdAt" DATETIME NOT NULL,
    "createdByUserId" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "removedAt" DATETIME,
    "removedByName" TEXT,
    "alarmId" TEXT
);

-- CreateTable
CREATE TABLE "AuditLine" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "byUserId" TEXT,
    "byName" TEXT,
    "action" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    "detail" TEXT
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ChangeCounter" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" INTEGER NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Session_token_key" ON "Session"("token");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE INDEX "Verification_identifier_idx" ON "Verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "RateLimit_key_key" ON "RateLimit"("key");

-- CreateIndex
CREATE INDEX "SignInFailure_firstAt_idx" ON "SignInFailure"("firstAt");

-- CreateIndex
CREATE INDEX "Alarm_status_severityRank_score_lastSeenAt_id_idx" ON "Alarm"("status", "severityRank" DESC, "score" DESC, "lastSeenAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Alarm_severityRank_score_lastSeenAt_id_idx" ON "Alarm"("severityRank" DESC, "score" DESC, "lastSeenAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Alarm_status_lastSeenAt_id_idx" ON "Alarm"("status", "lastSeenAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Alarm_lastSeenAt_id_idx" ON "Alarm"("lastSeenAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Alarm_detector_zone_source_lastSeenAt_idx" ON "Alarm"("detector", "zone", "source", "lastSeenAt");

-- CreateIndex
CREATE INDEX "Alarm_zone_lastSeenAt_idx" ON "Alarm"("zone", "lastSeenAt");

-- CreateIndex
CREATE INDEX "Alarm_source_lastSeenAt_idx" ON "Alarm"("source", "lastSeenAt");

-- CreateIndex
CREATE INDEX "Alarm_hostId_lastSeenAt_idx" ON "Alarm"("hostId", "lastSeenAt");

-- CreateIndex
CREATE INDEX "Alarm_suppressedByEntryId_idx" ON "Alarm"("suppressedByEntryId");

-- CreateIndex
CREATE UNIQUE INDEX "AlarmEvent_id_key" ON "AlarmEvent"("id");

-- CreateIndex
CREATE INDEX "AlarmEvent_alarmId_seq_idx" ON "AlarmEvent"("alarmId", "seq");

-- CreateIndex
CREATE INDEX "AllowlistEntry_removedAt_expiresAt_idx" ON "AllowlistEntry"("removedAt", "expiresAt");

-- CreateIndex
CREATE INDEX "AllowlistEntry_domain_idx" ON "AllowlistEntry"("domain");

-- CreateIndex
CREATE UNIQUE INDEX "AuditLine_id_key" ON "AuditLine"("id");

-- CreateIndex
CREATE INDEX "AuditLine_entity_entityId_idx" ON "AuditLine"("entity", "entityId");
