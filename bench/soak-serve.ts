/** The process that `bench/soak.ts` kills: the engine's host with its real worker behind one HTTP route on loopback. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { EngineError } from '@/lib/engine/protocol'
import { BULK_LIMITS } from '@/lib/intake/elastic/limits'
import { BodyError, ByteBudget, readBody } from '@/lib/intake/elastic/read-body'
import { startEngineHost } from '@/lib/server/engine-host'

const [enginePath = '', dataDir = ''] = process.argv.slice(2)
const host = startEngineHost({
  enginePath,
  settings: { dataDir },
  log: (message, details) => console.error(message, JSON.stringify(details).slice(0, 500)),
})

/** As the console takes a log in (`lib/server/log-intake.ts`): bodies are bounded together, beyond that senders wait. */
const LIMITS = { ...BULK_LIMITS, maxLineBytes: BULK_LIMITS.maxBodyBytes }
const budget = new ByteBudget(LIMITS.maxBytesInFlight)

const server = createServer(async (request, response) => {
  let release = (): void => {}
  try {
    const body = Readable.toWeb(request) as ReadableStream<Uint8Array>
    // `duplex` is not in the types of the DOM.
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    const read = await readBody(new Request('http://127.0.0.1/', init), LIMITS, budget)
    release = read.release
    const account = await host.command('log-sources.accept-log', { logSourceId: 'soak', format: 'zeek-json' }, read.bytes)
    response.end(JSON.stringify(account))
  } catch (error) {
    const isRefused = (error instanceof EngineError && error.code === 'overloaded') || (error instanceof BodyError && error.status === 429)
    response.writeHead(isRefused ? 429 : 503)
    response.end(error instanceof Error ? error.message : String(error))
  } finally {
    release()
  }
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))

process.once('SIGTERM', async () => {
  await host.drain(60_000)
  process.exit(0)
})
