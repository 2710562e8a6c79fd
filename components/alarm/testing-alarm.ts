import type { Alarm, AlarmRow } from '@/lib/domain/alarm'
import { emptyEvidence } from '@/lib/domain/evidence'

/** An alarm for tests: hand-made, of no capture. */
export function testAlarm(changes: Partial<Alarm> = {}): Alarm {
  return {
    id: 'ALM-TESTAAAAAAAA',
    detector: 'dns_lookup_tunneling',
    zone: 'tunnel.example',
    source: '10.0.0.5',
    hostId: null,
    hostName: null,
    userName: null,
    severity: 'high',
    score: 81,
    ruleSeverity: 'high',
    ruleRisk: 73,
    status: 'open',
    openedAt: 1_700_000_000_000,
    firstSeenAt: 1_700_000_000_000,
    lastSeenAt: 1_700_000_600_000,
    updatedAt: 1_700_000_600_000,
    queries: 312,
    distinctNames: 300,
    recurrences: 0,
    summary: '10.0.0.5 asked for 300 different names below tunnel.example in 5 minutes.',
    tool: null,
    techniques: [{ id: 'T1572', because: '300 distinct names in 5 minutes.' }],
    scoreTerms: [{ id: 'volume', sentence: '300 distinct names in 5 minutes, threshold 30.', value: 300, threshold: 30, points: 81 }],
    evidence: emptyEvidence,
    decision: null,
    owner: null,
    suppressedByEntryId: null,
    demo: false,
    version: 1,
    ...changes,
  }
}

export function testRow(changes: Partial<AlarmRow> = {}): AlarmRow {
  const { evidence: _evidence, scoreTerms: _terms, ...row } = testAlarm()
  return { ...row, noteCount: 0, sparkline: [0, 3, 9], ...changes }
}
