import { describe, expect, test, vi } from 'vitest'
import { testRow } from '@/components/alarm/testing-alarm'
import { foundItems, matching, type PaletteEffects, pageItems, settingItems, typedItems } from './palette-items'

const go = vi.fn()
const effects: PaletteEffects = { go, theme: vi.fn(), clock: vi.fn(), density: vi.fn(), signOut: vi.fn() }
const labels = (items: readonly { readonly label: string }[]) => items.map(({ label }) => label)
const leadsTo = (items: ReturnType<typeof typedItems>) =>
  items.map(({ run }) => {
    run()
    return go.mock.lastCall?.[0]
  })

describe('pages of the palette', () => {
  test('are those that the role may see, and the own account', () => {
    expect(labels(pageItems('analyst', effects))).toEqual(
      expect.arrayContaining(['Alarms', 'Escalations', 'Assets', 'Evaluation', 'Your account']),
    )
    expect(labels(pageItems('analyst', effects))).not.toContain('Users')
    expect(labels(pageItems('manager', effects))).not.toContain('Users')
    expect(labels(pageItems('admin', effects))).toEqual(expect.arrayContaining(['Users', 'Audit']))
  })
})

describe('what was typed', () => {
  test.each([
    ['alm-fup4ewxn2wwd', '/alarms/ALM-FUP4EWXN2WWD'],
    ['Brindlecove.NET', '/domains/brindlecove.net'],
    ['10.9.0.20', '/hosts/10.9.0.20'],
    ['2001:db8::1', '/hosts/2001%3Adb8%3A%3A1'],
    ['FINANCE-07', '/hosts/FINANCE-07'],
  ])('%s leads first to %s', (typed, href) => {
    expect(leadsTo(typedItems(typed, 'analyst', effects))[0]).toBe(href)
  })

  test('is searched for in alarms and events, whatever it holds', () => {
    const hrefs = leadsTo(typedItems('a&b=<x>#?/.. ', 'analyst', effects))
    expect(hrefs).toContain('/alarms?text=a%26b%3D%3Cx%3E%23%3F%2F..')
    expect(hrefs).toContain('/events?q=a%26b%3D%3Cx%3E%23%3F%2F..')
    expect(typedItems('  ', 'analyst', effects)).toEqual([])
  })
})

describe('what the server found', () => {
  test('is shown as alarms, then each domain and host once', () => {
    const rows = [
      testRow({ id: 'ALM-A', zone: 'one.example', source: '10.0.0.1', hostName: 'pc-1' }),
      testRow({ id: 'ALM-B', zone: 'one.example', source: '10.0.0.1', hostName: 'pc-1' }),
      testRow({ id: 'ALM-C', zone: null, source: null, hostName: 'pc-2' }),
    ]
    const items = foundItems(rows, 'analyst', effects)
    expect(labels(items)).toEqual(['one.example', 'one.example', 'pc-2', 'one.example', '10.0.0.1'])
    expect(items.map(({ hint }) => hint).slice(3)).toEqual(['domain', 'host pc-1'])
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
  })
})

describe('finding', () => {
  test('takes every word, in any order and from label, hint or other words', () => {
    const items = settingItems(effects)
    expect(labels(matching(items, 'dark theme'))).toEqual(['Theme: dark'])
    expect(labels(matching(items, 'LOG out'))).toEqual(['Sign out'])
    expect(labels(matching(items, '28 density'))).toEqual(['Density: compact'])
    expect(matching(items, 'nothing like it')).toEqual([])
    expect(matching(items, ' ')).toHaveLength(items.length)
  })
})
