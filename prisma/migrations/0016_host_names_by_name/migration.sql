-- CreateIndex
CREATE INDEX "HostName_name_idx" ON "HostName"("name");
