import type { ConsoleServer } from './console-pages'

/** Elasticsearch's bulk call with new look-ups, once a second, until told to stop. @returns what stops it and tells how many went. */
export async function startSender(server: ConsoleServer, eventsPerSecond: number): Promise<() => Promise<number>> {
  const settings = { address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 60_000 }
  const { issued } = (await server.call('POST', '/log-sources', { name: 'bench', kind: 'elastic', settings })) as {
    issued: { secret: string }
  }
  let sent = 0
  let asked = true
  const loop = async (): Promise<void> => {
    while (asked) {
      const begun = performance.now()
      await send(`${server.url}/_bulk`, issued.secret, bulkOf(sent, eventsPerSecond))
      sent += eventsPerSecond
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1_000 - (performance.now() - begun))))
    }
  }
  const running = loop()
  // Told when it is stopped; until then nothing waits for it.
  running.catch(() => undefined)
  return async () => {
    asked = false
    await running
    return sent
  }
}

function bulkOf(sent: number, count: number): string {
  const now = Date.now()
  return Array.from({ length: count }, (_, n) => {
    const name = `host-${sent + n}.zone-${(sent + n) % 997}.com`
    const dns = { type: 'answer', question: { name, type: 'A' }, response_code: 'NOERROR', id: n }
    const document = { '@timestamp': new Date(now - 1_000 + n).toISOString(), source: { ip: `10.1.${n & 255}.7` }, dns }
    return `{"create":{"_index":"logs-dns"}}\n${JSON.stringify(document)}\n`
  }).join('')
}

async function send(url: string, secret: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/x-ndjson', authorization: `ApiKey ${secret}` }
  const response = await fetch(url, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(`_bulk answered ${response.status}: ${(await response.text()).slice(0, 300)}`)
  await response.body?.cancel()
}
