import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { detectors } from '@/lib/detectors/index'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { DnsEvent } from '@/lib/domain/dns-event'
import { type Evidence, emptyEvidence } from '@/lib/domain/evidence'
import { SEVERITIES } from '@/lib/domain/severity'
import { prepareAppDb } from '@/lib/store/prisma/open-app-db'
import { createSqliteAlarmSink } from '@/lib/store/sqlite/alarm-sink'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { addressOf, officeLookups, randomSource, START_MS } from './traffic'

const migrations = fileURLToPath(new URL('../prisma/migrations', import.meta.url))
const MINUTE_MS = 60_000
/** Zones of falling popularity, so that some stories are large and most are small. */
const ZONES_PER_ALARM = 0.2
const ALARMS_PER_WRITE = 500
const EVENTS_PER_WRITE = 20_000
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** One alarm in ten belongs to this user: what the bench closes at once. */
export const BATCH_USER = 'svc-batch'
/** The zone of the alarm whose page is measured; it has look-ups of its own. */
export const TUNNEL_ZONE = 'tunnel-under-test.com'
const TUNNEL_SHARE = 250

/** Alarms as detectors make them, made up: the same in every run. Evidence is about 11 kB each. */
export function seedAlarms(dataDir: string, count: number): void {
  const path = join(dataDir, 'app.db')
  prepareAppDb(path, migrations, START_MS)
  const sink = createSqliteAlarmSink(path)
  const random = randomSource(11)
  const zones = Math.max(1, Math.floor(count * ZONES_PER_ALARM))
  for (let from = 0; from < count; from += ALARMS_PER_WRITE) {
    const drafts: AlarmDraft[] = []
    for (let n = from; n < Math.min(count, from + ALARMS_PER_WRITE); n++) drafts.push(draftOf(n, Math.floor(zones * random() ** 2), random))
    sink.upsert(drafts, START_MS + from)
  }
  sink.close()
}

function draftOf(n: number, zoneNo: number, random: () => number): AlarmDraft {
  const isUnderTest = n === 0
  const zone = isUnderTest ? TUNNEL_ZONE : `zone-${zoneNo}.com`
  const client = Math.floor(random() * 400)
  const source = `10.1.${client >> 8}.${client & 255}`
  const severity = isUnderTest ? 'critical' : (SEVERITIES[Math.floor(SEVERITIES.length * random() ** 1.5)] ?? 'low')
  const rule = detectors[n % detectors.length]?.rule
  const at = START_MS + Math.floor(random() * 14 * 24 * 60) * MINUTE_MS
  const queries = 100 + Math.floor(random() * 5_000)
  return {
    id: `ALM-${n.toString(36).toUpperCase().padStart(12, '0')}`,
    detector: rule?.id ?? 'dns_lookup_tunneling',
    zone,
    source,
    hostId: null,
    hostName: `pc-${client}`,
    userName: n % 10 === 5 ? BATCH_USER : `user-${client}`,
    severity,
    score: isUnderTest ? 100 : Math.floor(random() * 1_000) / 10,
    ruleSeverity: 'high',
    ruleRisk: 73,
    openedAt: at,
    firstSeenAt: at,
    lastSeenAt: at + 30 * MINUTE_MS,
    queries,
    distinctNames: Math.floor(queries * 0.9),
    recurrences: n % 7 === 0 ? 1 : 0,
    summary: `${source} asked for ${queries} names below ${zone} in 30 minutes, most of them unreadable, and the domain’s server answered.`,
    tool: n % 50 === 0 ? { name: 'iodine', confidence: 'high' } : null,
    techniques: [
      { id: 'T1572', because: `${queries} distinct unreadable names below ${zone} in 30 minutes, as DNS lookups carry data.` },
      { id: 'T1071.004', because: `The domain’s server answered ${queries} of ${queries} lookups, so data can come back.` },
    ],
    scoreTerms: [{ id: 'volume', sentence: `${queries} names in 30 minutes, threshold 30.`, value: queries, threshold: 30, points: 60 }],
    evidence: evidenceOf({ zone, source, at, queries, random }),
    demo: false,
  }
}

interface Episode {
  readonly zone: string
  readonly source: string
  readonly at: number
  readonly queries: number
  readonly random: () => number
}

const label = (random: () => number, length: number): string =>
  Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('')

function evidenceOf({ zone, source, at, queries, random }: Episode): Evidence {
  const perMinute = Math.ceil(queries / 30)
  const minutes = Array.from({ length: 30 }, (_, minute) => ({
    at: at + minute * MINUTE_MS,
    queries: perMinute,
    distinctNames: perMinute,
    entropyBits: 4.2,
    length: 96,
    byType: { TXT: perMinute },
  }))
  const samples = Array.from({ length: 20 }, (_, sample) => ({
    name: `${label(random, 50)}.${label(random, 40)}.${zone}`,
    qtype: 'TXT',
    rcode: 'NOERROR',
    firstAt: at + sample * MINUTE_MS,
    length: 110,
    entropyBits: 4.4,
    readabilityBits: 4.9,
    unreadable: true,
  }))
  return {
    ...emptyEvidence,
    minutes,
    samples,
    byType: { TXT: queries },
    byRcode: { NOERROR: queries },
    sources: [{ source, queries, distinctNames: queries, firstSeenAt: at, lastSeenAt: at + 30 * MINUTE_MS }],
    bytesUp: { low: queries * 40, high: queries * 60 },
  }
}

/** Look-ups of an office over two weeks, one in 250 of them through the tunnel. */
export function seedEvents(dataDir: string, count: number, say: (stored: number) => void): void {
  const store = createSqliteEventStore({ dir: dataDir })
  const random = randomSource(13)
  const stretch = Math.max(1, (14 * 24 * 3_600_000) / ((count * 1_000) / 350))
  let batch: DnsEvent[] = []
  let stored = 0
  const flush = (): void => {
    store.append(batch, 'bench')
    stored += batch.length
    batch = []
    say(stored)
  }
  for (const lookup of officeLookups(count)) {
    const isTunnel = lookup.n % TUNNEL_SHARE === 0
    batch.push({
      ...PLAIN,
      id: lookup.n + 1,
      at: START_MS + Math.floor((lookup.at - START_MS) * stretch),
      source: addressOf(lookup),
      clientIp: addressOf(lookup),
      qname: isTunnel ? `${label(random, 50)}.${TUNNEL_ZONE}` : lookup.qname,
      qtype: isTunnel ? 'TXT' : 'A',
      recordNo: lookup.n + 1,
    })
    if (batch.length === EVENTS_PER_WRITE) flush()
  }
  flush()
  store.close()
}

const PLAIN: DnsEvent = {
  kind: 'dns',
  id: 0,
  at: 0,
  timeQuality: 'exact',
  source: null,
  clientIp: null,
  clientPort: 53_124,
  serverIp: '10.1.255.53',
  serverPort: 53,
  transport: 'udp',
  transactionId: null,
  qname: '',
  qnameRaw: null,
  qnameLossy: false,
  qtype: 'A',
  rcode: 'NOERROR',
  answers: [],
  answerCount: 1,
  queryBytes: 40,
  responseBytes: 90,
  hostId: null,
  hostName: null,
  userName: null,
  processName: null,
  sensor: null,
  scope: 'client',
  attempts: 1,
  format: 'pcap',
  recordNo: 1,
}
