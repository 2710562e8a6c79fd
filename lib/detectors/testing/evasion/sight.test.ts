import { describe, expect, test } from 'vitest'
import type { LogEvent } from '@/lib/domain/log-event'
import { createAnalyser } from '@/lib/engine/analyse'
import { readLog } from '@/lib/formats/read-log'
import { detectors } from '../../index'
import { madeLookup, madeOffice, madeTunnel } from '../made-traffic'
import { alarmsOf, amongOffice, MINUTE, ofDetector, T0, zonesOf } from './fixtures/analysed'

const client = '10.0.0.66'
const short = (seed = 1) => madeTunnel({ seed, at: T0 + 5 * MINUTE, zone: 'evil.example', count: 45, everyMs: 5_000, chars: 24 })
const facts = (alarms: readonly { zone: string | null; source: string | null; distinctNames: number; queries: number }[]) =>
  alarms.map(({ zone, source, distinctNames, queries }) => [zone, source, distinctNames, queries])

async function read(text: string): Promise<LogEvent[]> {
  async function* bytes() {
    yield Buffer.from(text)
  }
  const events: LogEvent[] = []
  const batches = readLog(bytes(), { nowMs: T0 + 86_400_000 })
  for (let next = await batches.next(); next.done !== true; next = await batches.next()) events.push(...next.value.events)
  return events
}

describe('one lookup seen more than once', () => {
  test('a client that sends every question three times: the same alarms with the same counts', () => {
    const again = short().flatMap((event) =>
      [0, 1_000, 3_000].map((later) => madeLookup({ ...event, source: client, at: event.at + later, qtype: 'A' })),
    )
    expect(facts(amongOffice(again))).toEqual(facts(amongOffice(short())))
  })

  test('two sensors with clocks a second apart: the same alarms with the same counts', () => {
    const both = short().flatMap((event) => [
      madeLookup({ ...event, source: client, qtype: 'A', sensor: 'tap-1' }),
      madeLookup({ ...event, source: client, qtype: 'A', sensor: 'tap-2', at: event.at + 1_000 }),
    ])
    expect(facts(amongOffice(both))).toEqual(facts(amongOffice(short())))
  })

  test('a log that writes question and answer as two lines counts one lookup', async () => {
    const clock = (at: number) => `Jan 12 ${new Date(at).toISOString().slice(11, 19)}`
    const names = short().map(({ qname }) => qname)
    const lines = names.flatMap((name, i) => {
      const time = clock(T0 + i * 5_000)
      return [
        `${time} dnsmasq[731]: query[A] ${name} from ${client}`,
        `${time} dnsmasq[731]: forwarded ${name} to 192.0.2.53`,
        `${time} dnsmasq[731]: reply ${name} is 203.0.113.9`,
      ]
    })
    const alarms = alarmsOf(await read(`${lines.join('\n')}\n`))
    expect(ofDetector(alarms, 'dns_lookup_tunneling')).toMatchObject([
      { zone: 'evil.example', source: client, queries: 45, distinctNames: 45 },
    ])
  })
})

describe('who asked', () => {
  test('lookups without a client are counted for nobody and hide nobody', () => {
    const nobody = short(2).map((event) => ({ ...event, source: null, clientIp: null }))
    expect(alarmsOf(nobody)).toEqual([])
    expect(zonesOf(amongOffice([...nobody, ...short()]))).toEqual(['evil.example'])
  })

  test('a log that knows the resolver only: found, and the alarm says that the client is behind it', () => {
    const behind = [...madeOffice({ seed: 3, at: T0, minutes: 20, clients: 12 }), ...short()].map((event) => ({
      ...event,
      source: '10.0.0.2',
      clientIp: '10.0.0.2',
    }))
    const [alarm] = ofDetector(alarmsOf(behind), 'dns_lookup_tunneling')
    expect(alarm).toMatchObject({ zone: 'evil.example', source: '10.0.0.2' })
    expect(alarm?.evidence.notices.join()).toMatch(/resolver or forwarder/)
  })

  test('a resolver among its clients needs half as much again', () => {
    const resolver = (count: number) => [
      ...madeOffice({ seed: 4, at: T0, minutes: 20, clients: 12 }).map((event, i) =>
        i % 3 === 0 ? event : { ...event, source: '10.0.0.2' },
      ),
      ...madeTunnel({ seed: 5, at: T0 + 15 * MINUTE, source: '10.0.0.2', zone: 'evil.example', count, everyMs: 4_000, chars: 12 }),
    ]
    expect(ofDetector(alarmsOf(resolver(40)), 'dns_lookup_tunneling')).toEqual([])
    expect(zonesOf(ofDetector(alarmsOf(resolver(60)), 'dns_lookup_tunneling'))).toEqual(['evil.example'])
  })
})

describe('clocks', () => {
  test('a clock that is set an hour back in the middle: found once', () => {
    const stepped = short().map((event, i) => ({ ...event, at: i < 22 ? event.at : event.at - 60 * MINUTE }))
    const more = madeTunnel({ seed: 9, at: T0 + 9 * MINUTE, zone: 'evil.example', count: 45, everyMs: 5_000, chars: 24 })
    const alarms = ofDetector(alarmsOf([...stepped, ...more]), 'dns_lookup_tunneling')
    expect(alarms.map(({ zone }) => zone)).toEqual(['evil.example'])
  })

  test('a clock years ahead ends nothing that is under way elsewhere', () => {
    const ahead = madeLookup({ at: T0 + 10 * 365 * 86_400_000, source: '10.0.0.9', qname: 'www.example.org' })
    expect(zonesOf(alarmsOf([...short(), ahead]))).toEqual(['evil.example'])
  })

  test('late events, in order of their time: the same alarms whatever order they came in', () => {
    const events = [...madeOffice({ seed: 6, at: T0, minutes: 30 }), ...short()]
    const [late, early] = [events.toReversed(), events]
    expect(facts(alarmsOf(late))).toEqual(facts(alarmsOf(early)))
  })

  test('stopped and continued at any event: the same alarms', () => {
    const events = [...madeOffice({ seed: 7, at: T0, minutes: 20 }), ...short()].toSorted((a, b) => a.at - b.at || a.id - b.id)
    const whole = facts(alarmsOf(events))
    for (const cut of [1, 400, 1_200, events.length - 5]) {
      const first = createAnalyser({ detectors })
      for (const event of events.slice(0, cut)) first.observe(event)
      const drafts = new Map(first.drafts().map((draft) => [draft.id, draft]))
      const second = createAnalyser({ detectors, snapshot: JSON.parse(JSON.stringify(first.snapshot())) })
      for (const event of events.slice(cut)) second.observe(event)
      second.finish()
      for (const draft of second.drafts()) drafts.set(draft.id, draft)
      expect(facts([...drafts.values()])).toEqual(whole)
    }
  })
})
