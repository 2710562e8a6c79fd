import type { ConsoleServer } from './console-pages'
import { BATCH_USER } from './console-seed'
import { report, timed } from './console-table'

/** What the pages ask the server for, by the clock of who asks. */
export async function measureApi({ call, pid }: ConsoleServer, rounds: number): Promise<void> {
  const bare = await timed(pid, 40, () => call('GET', '/health'))
  report('reference: a bare endpoint', null, bare)
  const lists = [
    ['queue, first page by alarm', '/alarms?status=open&sort=worst&limit=50', 100],
    ['queue, first page by story', '/alarms/stories?status=open&limit=50', 100],
    ['queue, every status', '/alarms?status=open,escalated,closed,suppressed&sort=worst&limit=50', 100],
    ['filter: severity and detector', '/alarms?status=open&severity=high&detector=dns_lookup_tunneling&limit=50', null],
    ['filter: words', '/alarms?status=open&text=zone-12&limit=50', null],
    ['filter: words that nothing has', '/alarms?status=open&text=nothing-of-the-kind&limit=50', null],
    ['filter: technique', '/alarms?status=open&technique=T1071&limit=50', null],
    ['filter: zone', '/alarms?status=open&zone=zone-12.com&limit=50', null],
    ['filter: words, by story', '/alarms/stories?status=open&text=zone-12&limit=50', null],
    ['filter: technique, by story', '/alarms/stories?status=open&technique=T1071&limit=50', null],
  ] as const
  for (const [what, path, budget] of lists) {
    await timed(pid, 3, () => call('GET', path))
    report(`server: ${what}`, budget, await timed(pid, rounds, () => call('GET', path)))
  }
}

export async function measureDecisions({ call, pid }: ConsoleServer, rounds: number): Promise<void> {
  const { rows } = (await call('GET', '/alarms?status=open&severity=low&limit=100')) as { rows: { id: string; version: number }[] }
  const close = (round: number) => {
    const row = rows[round]
    return call('POST', `/alarms/${row?.id}/close`, { expectedVersion: row?.version, reason: 'duplicate' })
  }
  const warm = Math.min(3, rows.length - 1)
  for (let round = 0; round < warm; round++) await close(round)
  report('server: decision stored', 200, await timed(pid, Math.min(rows.length - warm, rounds), (round) => close(round + warm)))
}

/** From the press to the last alarm stored, as the page does it: freeze, start, ask until it is done. */
export async function measureBulk({ call, pid }: ConsoleServer): Promise<void> {
  let count = 0
  const measured = await timed(pid, 1, async () => {
    const { selection } = (await call('POST', '/selections', { filter: { status: 'open', user: BATCH_USER } })) as {
      selection: { id: string; count: number }
    }
    count = selection.count
    const { unit } = (await call('POST', `/selections/${selection.id}/actions`, { decision: { kind: 'close', reason: 'duplicate' } })) as {
      unit: { id: string; finishedAt: number | null }
    }
    for (let { finishedAt } = unit; finishedAt === null; ) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      const state = (await call('GET', `/selections/units/${unit.id}`)) as { unit: { finishedAt: number | null } }
      finishedAt = state.unit.finishedAt
    }
  })
  report(`bulk close of ${count} alarms`, 3_000, measured)
}
