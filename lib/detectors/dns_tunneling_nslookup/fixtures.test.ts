import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { readLog } from '@/lib/formats/read-log'
import { defaultsOf } from '../detector'
import { dnsTunnelingNslookup } from './detector'
import { rule } from './rule'
import { play } from './testing/play'

const NOW = Date.UTC(2026, 10, 21, 19)

async function* bytesOf(file: string) {
  yield readFileSync(new URL(file, import.meta.url))
}

/** The starts a recording holds, as the log reader hands them on. */
async function startsOf(file: string): Promise<ProcessEvent[]> {
  const starts: ProcessEvent[] = []
  for await (const { events } of readLog(bytesOf(file), { nowMs: NOW })) {
    for (const event of events) if (event.kind === 'process') starts.push(event)
  }
  return starts
}

const findings = async (file: string) => play(dnsTunnelingNslookup.create(defaultsOf(rule)), await startsOf(file))

const CHANNEL = {
  at: Date.parse('2026-11-21T18:00:00Z'),
  zone: 'metrics-relay.example',
  source: 'fin-pc07',
  userName: 'mkeller',
  queries: 24,
  distinctNames: 24,
}

test.each(['fixtures/malicious-powershell-channel.ndjson', '../../../demo/nslookup-sysmon.ndjson'])(
  '%s: one alarm, with the document behind it',
  async (file) => {
    const found = await findings(file)
    expect(found).toMatchObject([CHANNEL])
    expect(found[0]?.evidence.processTree.map(({ depth, name, starts }) => [depth, name, starts])).toEqual([
      [0, 'explorer.exe', 24],
      [1, 'WINWORD.EXE', 24],
      [2, 'powershell.exe', 24],
      [3, 'nslookup.exe', 24],
    ])
    expect(found[0]?.techniques.map(({ id }) => id)).toEqual(['T1071.004', 'T1071', 'T1059.001', 'T1572'])
  },
)

test('fixtures/benign-workstations.ndjson: no alarm, though a person and a logon script ask for query types', async () => {
  expect(await findings('fixtures/benign-workstations.ndjson')).toEqual([])
})
