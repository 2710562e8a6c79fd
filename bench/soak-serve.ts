/** The process that `bench/soak.ts` kills: the engine's host with its real worker behind one HTTP route on loopback. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EngineError } from '@/lib/engine/protocol'
import { startEngineHost } from '@/lib/server/engine-host'

const [enginePath = '', dataDir = ''] = process.argv.slice(2)
const host = startEngineHost({
  enginePath,
  settings: { dataDir },
  log: (message, details) => console.error(message, JSON.stringify(details).slice(0, 500)),
})

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const account = await host.command('log-sources.accept-log', { logSourceId: 'soak', format: 'zeek-json' }, Buffer.concat(chunks))
    response.end(JSON.stringify(account))
  } catch (error) {
    const isOverload = error instanceof EngineError && error.code === 'overloaded'
    response.writeHead(isOverload ? 429 : 503)
    response.end(error instanceof Error ? error.message : String(error))
  }
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))

process.once('SIGTERM', async () => {
  await host.drain(60_000)
  process.exit(0)
})
