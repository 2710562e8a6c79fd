import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'

// Once a process: the glue module holds one instance, a second instantiation breaks the first.
let loading: Promise<void> | undefined

async function load(): Promise<void> {
  const file = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace('schema_engine.js', 'schema_engine_bg.wasm')
  // The glue is typed for bundlers; as an import object it is a plain record of functions.
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': engine as never })
  engine.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}

/**
 * SQL that turns the database at `url` (null: an empty one) into what the schema says.
 *
 * @returns the empty string when there is no difference.
 */
export async function schemaDiff(url: string | null, schemaPath: string): Promise<string> {
  loading ??= load()
  await loading
  const content = readFileSync(schemaPath, 'utf8')
  const files = [{ path: 'schema.prisma', content }]
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: url ?? ':memory:' }))
  const schema = await engine.SchemaEngine.new({ datamodels: [['schema.prisma', content]] }, () => undefined, adapter)
  const result = await schema.diff({
    from: url === null ? { tag: 'empty' } : { tag: 'schemaDatasource', files, configDir: '.' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    filters: { externalTables: ['_migration'], externalEnums: [] },
  })
  schema.free()
  return result.exitCode === 2 ? (result.stdout ?? '') : ''
}
