import { describe, expect, test } from 'vitest'
import { detectors } from '@/lib/detectors'
import type { LogEvent } from '@/lib/domain/log-event'
import { createAnalyser } from '@/lib/engine/analyse'
import { parseKql } from '@/lib/kql/parse'
import { defaultsOf, type RuleException } from '../detector'
import { dnsTunnelingNslookup } from './detector'
import { rule } from './rule'
import { burst, clock, play } from './testing/play'

const counts = (events: readonly ReturnType<typeof burst>[number][], exceptions: readonly RuleException[]) =>
  play(dnsTunnelingNslookup.create(defaultsOf(rule), undefined, exceptions), events).map(({ queries }) => queries)
const always = (kql: string): RuleException => ({ kql, expiresAt: null })
const agent = { parent: { name: 'Inventory-Agent.exe', pid: 7 } }

describe('exceptions', () => {
  test('take events out before they are counted: fifteen starts less one excepted are fourteen', () => {
    const events = [...burst(14, '10:01:00'), ...burst(1, '10:02:00', { id: 99, user: 'scanner' })]
    expect(counts(events, [])).toEqual([15])
    expect(counts(events, [always('user.name: scanner')])).toEqual([])
    expect(counts([...events, ...burst(1, '10:03:00', { id: 100 })], [always('user.name: scanner')])).toEqual([15])
  })

  test('are alternatives, and what one names is joined by and', () => {
    const events = [...burst(20, '10:01:00', agent), ...burst(20, '10:02:00', { hostId: 'h2' })]
    expect(counts(events, [always('process.parent.name: inventory-agent.exe'), always('host.id: h2')])).toEqual([])
    expect(counts(events, [always('process.parent.name: inventory-agent.exe and host.id: h2')])).toEqual([20, 20])
  })

  test('hold until they expire, by the time of the event', () => {
    const until: RuleException = { kql: 'process.parent.name: inventory-agent.exe', expiresAt: clock('10:30:00') }
    expect(counts(burst(15, '10:01:00', agent), [until])).toEqual([])
    expect(counts(burst(15, '10:31:00', agent), [until])).toEqual([15])
  })

  test('one that cannot be read hides nothing and is told', () => {
    const findings = play(dnsTunnelingNslookup.create(defaultsOf(rule), undefined, [always('host.id: (')]), burst(15, '10:01:00'))
    expect(findings).toHaveLength(1)
    expect(findings[0]?.evidence.notices.join()).toMatch(/An exception is not applied, because it cannot be read: Expected/)
  })

  test('reach the rule through the analyser, and touch no other detector', () => {
    const alarms = (exceptions: Readonly<Record<string, readonly RuleException[]>>) => {
      const analyser = createAnalyser({ detectors, exceptions })
      for (const event of burst(15, '10:01:00', agent) as readonly LogEvent[]) analyser.observe(event)
      analyser.finish()
      return analyser.drafts().map(({ detector }) => detector)
    }
    expect(alarms({})).toEqual([rule.id])
    expect(alarms({ [rule.id]: [always('process.parent.name: *agent.exe')] })).toEqual([])
    expect(alarms({ dns_tunneling_ml: [always('process.parent.name: *agent.exe')] })).toEqual([rule.id])
  })

  test('the example given to people is valid', () => {
    expect(parseKql(rule.exceptions?.example ?? '(')).toMatchObject({ kind: 'and' })
  })
})
