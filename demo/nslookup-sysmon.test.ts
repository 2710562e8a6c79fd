import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { detectors } from '@/lib/detectors'
import type { LogEvent } from '@/lib/domain/log-event'
import { createAnalyser } from '@/lib/engine/analyse'
import { readLog } from '@/lib/formats/read-log'

async function* bytes() {
  yield readFileSync(new URL('nslookup-sysmon.ndjson', import.meta.url))
}

test('the recording is read without a reject and gives one alarm of all detectors', async () => {
  const events: LogEvent[] = []
  for await (const batch of readLog(bytes(), { nowMs: Date.UTC(2026, 10, 21, 19) })) {
    expect(batch.rejects).toEqual([])
    events.push(...batch.events)
  }
  expect(events).toHaveLength(220)
  const analyser = createAnalyser({ detectors })
  for (const event of events.toSorted((left, right) => left.at - right.at || left.id - right.id)) analyser.observe(event)
  analyser.finish()
  const drafts = analyser.drafts()
  expect(drafts[0]?.evidence.decoding).toMatchObject({ encoding: 'base32 (RFC 4648)', refusal: null })
  expect(drafts[0]?.evidence.decoding?.preview).toContain('staff.csv\\nname;team;phone')
  expect(drafts).toMatchObject([
    {
      detector: 'dns_tunneling_nslookup',
      zone: 'metrics-relay.example',
      source: 'fin-pc07',
      severity: 'high',
      openedAt: Date.UTC(2026, 10, 21, 18, 0),
      queries: 24,
    },
  ])
})
