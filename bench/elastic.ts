/**
 * What taking in bulks costs: documents over loopback HTTP, parsed and stored, beside a bare JSON.parse of the same lines
 * in the same run. Sender and server share the process, so
 * that both are in the figures.
 *
 *   npx tsx bench/elastic.ts [--events 100000] [--documents 2000] [--senders 2]
 */
import { gzipSync } from 'node:zlib'
import { startTestServer, type TestServer } from '@/lib/intake/elastic/fixtures/test-server'

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}

const EVENTS = option('events', 100_000)
const DOCUMENTS = option('documents', 2_000)
const SENDERS = option('senders', 2)
const START = Date.UTC(2026, 10, 1)

/** As Packetbeat writes it, some 900 bytes. */
const packetbeat = (n: number) => ({
  '@timestamp': new Date(START + n).toISOString(),
  agent: { type: 'packetbeat', version: '8.15.2', id: '6d1b1a0e-0000-4000-8000-000000000000', name: 'sensor-1', ephemeral_id: 'e1' },
  client: { ip: `10.1.${n & 255}.7`, port: 1_024 + (n % 60_000), bytes: 48 },
  server: { ip: '10.1.0.53', port: 53, bytes: 121 },
  source: { ip: `10.1.${n & 255}.7`, port: 1_024 + (n % 60_000), bytes: 48 },
  destination: { ip: '10.1.0.53', port: 53, bytes: 121 },
  dns: {
    id: n & 65_535,
    type: 'answer',
    op_code: 'QUERY',
    header_flags: ['RD', 'RA'],
    question: {
      name: `host-${n}.zone-${n % 997}.com`,
      type: 'A',
      class: 'IN',
      etld_plus_one: `zone-${n % 997}.com`,
      subdomain: `host-${n}`,
    },
    response_code: 'NOERROR',
    answers: [{ name: `host-${n}.zone-${n % 997}.com`, type: 'A', class: 'IN', ttl: '60', data: '192.0.2.7' }],
    answers_count: 1,
    resolved_ip: ['192.0.2.7'],
  },
  event: { dataset: 'dns', kind: 'event', category: ['network'], type: ['connection', 'protocol'], duration: 12_000_000 },
  network: { transport: 'udp', protocol: 'dns', type: 'ipv4', direction: 'egress', bytes: 169 },
  host: { name: 'sensor-1', id: 's1' },
  ecs: { version: '8.11.0' },
})

/** As rsyslog or Filebeat ships a line of BIND's query log. */
const bind = (n: number) => ({
  '@timestamp': new Date(START + n).toISOString(),
  agent: { type: 'filebeat', version: '8.15.2' },
  log: { file: { path: '/var/log/named/queries.log' }, offset: n * 120 },
  message: `01-Nov-2026 ${new Date(START + n).toISOString().slice(11, 23)} queries: info: client @0x7f1 10.1.${n & 255}.7#${1_024 + (n % 60_000)} (host-${n}.zone-${n % 997}.com): query: host-${n}.zone-${n % 997}.com IN A +E(0)K (10.1.0.53)`,
})

const seconds = (from: number): number => (performance.now() - from) / 1000

/** Time of this process on a core since `from`, in seconds: what other programs take of the machine is not in it. */
const cpuSeconds = (from: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1e6
}

function parseOnly(lines: readonly Buffer[]): number {
  const begun = process.cpuUsage()
  let keys = 0
  for (const line of lines) keys += Object.keys(JSON.parse(line.toString('utf8'))).length
  return keys > 0 ? cpuSeconds(begun) : 0
}

async function send(server: TestServer, bodies: readonly Uint8Array[], headers: Record<string, string>): Promise<void> {
  let next = 0
  const sender = async (): Promise<void> => {
    for (let at = next++; at < bodies.length; at = next++) {
      const response = await server.bulk(bodies[at] ?? '', '/_bulk?filter_path=errors,items.*.error,items.*.status', headers)
      if (!(await response.text()).startsWith('{"errors":false')) throw new Error(`a bulk was not taken: ${response.status}`)
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, sender))
}

async function measure(label: string, make: (n: number) => unknown, isGzipped: boolean): Promise<void> {
  const lines = Array.from({ length: EVENTS }, (_, n) => Buffer.from(JSON.stringify(make(n))))
  const action = '{"create":{"_index":"packetbeat-8.15.2"}}\n'
  const bodies: Uint8Array[] = []
  for (let from = 0; from < lines.length; from += DOCUMENTS) {
    const body = Buffer.from(
      lines
        .slice(from, from + DOCUMENTS)
        .map((line) => `${action}${line}\n`)
        .join(''),
    )
    bodies.push(isGzipped ? gzipSync(body, { level: 1 }) : body)
  }
  parseOnly(lines.slice(0, 5_000))
  const parsed = parseOnly(lines)
  const server = await startTestServer()
  try {
    const begun = performance.now()
    const cpuBegun = process.cpuUsage()
    await send(server, bodies, isGzipped ? { 'content-encoding': 'gzip' } : {})
    const took = seconds(begun)
    const cpu = cpuSeconds(cpuBegun)
    const stored = server.lookups().length
    if (stored !== EVENTS) throw new Error(`${stored} of ${EVENTS} events are stored`)
    const rss = Math.round(process.memoryUsage().rss / 1e6)
    const rate = Math.round(EVENTS / took).toLocaleString('en')
    const each = ((cpu / EVENTS) * 1e6).toFixed(0)
    process.stdout.write(
      `${label.padEnd(20)} ${rate.padStart(8)} events/s; ${each} µs of a core each, ${(cpu / parsed).toFixed(1)} times JSON.parse alone; RSS ${rss} MB\n`,
    )
  } finally {
    await server.close()
  }
}

await measure('Packetbeat', packetbeat, false)
await measure('Packetbeat, gzipped', packetbeat, true)
await measure('BIND lines', bind, false)
