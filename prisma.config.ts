import { defineConfig } from 'prisma/config'

// The generated client needs no native engine; naming any existing file keeps the command line from downloading one.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma', datasource: { url: 'file:./data/app.db' } })
