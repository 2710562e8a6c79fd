import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { emptyEvidence } from '@/lib/domain/evidence'
import { defangedText, indicatorsCsv, indicatorsOf } from './indicators'
import { IndicatorsPanel } from './indicators-panel'
import { testAlarm } from './testing-alarm'

afterEach(cleanup)

const start = { at: 1, eventId: 1, commandLine: null, args: [], queryType: 'TXT', parentName: null }
const sample = (name: string) => ({
  name,
  qtype: 'TXT',
  rcode: null,
  firstAt: 1,
  length: 9,
  entropyBits: 3,
  readabilityBits: null,
  unreadable: true,
})
const alarm = testAlarm({
  hostName: 'WS-7',
  userName: '=cmd|calc',
  evidence: {
    ...emptyEvidence,
    samples: [sample('http.tunnel.example'), sample('<img src=x>\u202E.tunnel.example')],
    processStarts: [{ ...start, target: 'a.tunnel.example', server: '198.51.100.7', user: '=cmd|calc' }],
  },
})

test('domains, names, hosts, users and servers are gathered once each', () => {
  expect(indicatorsOf(alarm).map(({ kind, values }) => [kind, values.length])).toEqual([
    ['domain', 1],
    ['name', 3],
    ['host', 2],
    ['user', 1],
    ['server', 1],
  ])
  expect(indicatorsOf(testAlarm({ zone: null, source: null }))).toEqual([])
})

test('a copy holds no link and no character that acts', () => {
  const text = defangedText(indicatorsOf(alarm))
  expect(text).toContain('domain tunnel[.]example')
  expect(text).toContain('name hxxp[.]tunnel[.]example')
  expect(text).toContain('server 198[.]51[.]100[.]7')
  expect(text).not.toContain('\u202E')
})

test('a spreadsheet runs nothing of the CSV', () => {
  const lines = indicatorsCsv(alarm, indicatorsOf(alarm)).split('\r\n')
  expect(lines[0]).toBe('\uFEFFkind,value,alarm,first_seen_utc,last_seen_utc')
  expect(lines).toContain("user,'=cmd|calc,ALM-TESTAAAAAAAA,2023-11-14T22:13:20.000Z,2023-11-14T22:23:20.000Z")
})

test('the panel shows them as text and leads to the bundle', () => {
  const { container } = render(<IndicatorsPanel alarm={alarm} />)
  expect(container.querySelector('img')).toBeNull()
  expect(screen.getByText('198[.]51[.]100[.]7')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'STIX 2.1' }).getAttribute('href')).toBe('/api/v1/alarms/ALM-TESTAAAAAAAA/stix')
})
