import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { DnsEvent } from '@/lib/domain/dns-event'
import type { CommandName } from '@/lib/domain/engine-commands'
import { emptyEvidence } from '@/lib/domain/evidence'
import type { Intake } from '@/lib/domain/intake'
import type { Role } from '@/lib/domain/permission'
import { openStores, type Stores } from '@/lib/server/stores'
import type { EngineGate, ServiceContext } from '@/lib/services/context'
import type { Actor } from '@/lib/store/ports'
import { prepareAppDb } from '@/lib/store/prisma/open-app-db'

export const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))

/** Clock of the tests: 2026-11-21T12:00:00Z; `pass` moves it. */
export const NOON = Date.UTC(2026, 10, 21, 12)
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

let template: string | undefined

/** A migrated app.db that every test starts from a copy of. */
function migratedTemplate(): string {
  if (template === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'dowser-template-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    template = join(folder, 'app.db')
    prepareAppDb(template, MIGRATIONS, NOON)
  }
  return template
}

export interface TemporaryContext {
  readonly dataDir: string
  readonly stores: Stores
  /** A context of the role; two of one role are two people when named apart. */
  readonly as: (role: Role, name?: string) => ServiceContext
  readonly pass: (ms: number) => void
  readonly engine: {
    state: ReturnType<EngineGate['state']>
    demoRemoved: number
    imported: EngineGate['import']
    commanded: (name: CommandName, params: unknown, bytes?: Uint8Array) => Promise<unknown>
  }
  readonly dispose: () => Promise<void>
}

/** The real stores in a folder of their own; only the engine's thread is stood in for. */
export function temporaryContext(): TemporaryContext {
  const dataDir = mkdtempSync(join(tmpdir(), 'dowser-test-'))
  copyFileSync(migratedTemplate(), join(dataDir, 'app.db'))
  const stores = openStores(dataDir, MIGRATIONS)
  let now = NOON
  let ids = 0
  const engine: TemporaryContext['engine'] = {
    state: 'ready',
    demoRemoved: 0,
    imported: () => Promise.reject(new Error('no import expected')),
    commanded: () => Promise.reject(new Error('no command expected')),
  }
  const gate: EngineGate = {
    state: () => engine.state,
    import: (bytes, meta) => engine.imported(bytes, meta),
    // The test's own answer; what it may be is the test's to know.
    command: (name, params, bytes) => engine.commanded(name, params, bytes) as never,
    removeDemo: () => {
      engine.demoRemoved += 1
      return Promise.resolve()
    },
  }
  const as = (role: Role, name: string = role): ServiceContext => {
    const actor: Actor = { userId: `user-${name}`, name, role }
    return { ...stores, actor, now: () => now, newId: () => `id-${String(++ids).padStart(4, '0')}`, engine: gate }
  }
  return {
    dataDir,
    stores,
    as,
    engine,
    pass: (ms) => {
      now += ms
    },
    dispose: async () => {
      await stores.appDb.$disconnect()
      stores.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** An alarm as the engine would raise it; fields by default are those of a plain tunnel. */
export function draft(fields: Partial<AlarmDraft> & { readonly id: string }): AlarmDraft {
  return {
    detector: 'dns_lookup_tunneling',
    zone: 't.example',
    source: '10.0.0.5',
    hostId: null,
    hostName: null,
    userName: null,
    severity: 'high',
    score: 80,
    ruleSeverity: 'medium',
    ruleRisk: 47,
    openedAt: NOON - HOUR,
    firstSeenAt: NOON - HOUR,
    lastSeenAt: NOON - HOUR + 60_000,
    queries: 500,
    distinctNames: 480,
    recurrences: 0,
    summary: '480 distinct names in 5 minutes',
    tool: null,
    techniques: [{ id: 'T1071.004', because: 'commands in query names' }],
    scoreTerms: [],
    evidence: emptyEvidence,
    demo: false,
    ...fields,
  }
}

/** A lookup as a parser would hand it on. */
export function lookup(fields: Partial<DnsEvent> & { readonly id: number; readonly at: number; readonly qname: string }): DnsEvent {
  return {
    kind: 'dns',
    timeQuality: 'exact',
    source: '10.0.0.5',
    clientIp: '10.0.0.5',
    clientPort: 40_000,
    serverIp: '10.0.0.53',
    serverPort: 53,
    transport: 'udp',
    transactionId: 1,
    qnameRaw: null,
    qnameLossy: false,
    qtype: 'TXT',
    rcode: 'NOERROR',
    answers: [{ name: null, type: 'TXT', ttlSeconds: 0, data: 'aGVsbG8', bytes: 8 }],
    answerCount: 1,
    queryBytes: 60,
    responseBytes: 90,
    hostId: null,
    hostName: null,
    userName: null,
    processName: null,
    sensor: 'zeek-1',
    scope: 'client',
    attempts: 1,
    format: 'zeek-json',
    recordNo: 1,
    ...fields,
  }
}

/** The accounting of an import that brought nothing yet. */
export function intake(fields: Partial<Intake> & { readonly id: string }): Intake {
  return {
    via: 'upload',
    name: 'dns.log',
    format: 'zeek-json',
    state: 'done',
    startedAt: NOON,
    finishedAt: NOON,
    bytesReceived: 0,
    bytesTotal: null,
    records: 0,
    dnsEvents: 0,
    processEvents: 0,
    duplicates: 0,
    skipped: {},
    rejected: 0,
    rejects: [],
    firstEventAt: null,
    lastEventAt: null,
    alarms: 0,
    problems: [],
    error: null,
    demo: false,
    ...fields,
  }
}
