import { describe, expect, test } from 'vitest'
import { OpenCases } from './open-cases'

const MINUTE = 60_000
const pace = { updateMs: MINUTE, oldFactor: 5, keepMs: 30 * MINUTE }
const open = (keepMs = pace.keepMs) => new OpenCases<string>({ ...pace, keepMs }, (zone) => [zone])
const grow = (cases: OpenCases<string>, key: string): void => {
  const one = cases.get(key)
  if (one !== undefined) one.isDirty = true
}

describe('cases that are open', () => {
  test('are due a minute after they were told, when something was added', () => {
    const cases = open()
    cases.report('a', 0, 'A')
    expect(cases.wakeAt()).toBeNull()
    expect(cases.takeDue(5 * MINUTE)).toEqual([])
    grow(cases, 'a')
    expect(cases.wakeAt()).toBe(MINUTE)
    expect(cases.takeDue(MINUTE - 1)).toEqual([])
    expect(cases.takeDue(MINUTE).map(({ value }) => value)).toEqual(['A'])
    expect(cases.size).toBe(0)
  })

  test('are told a fifth as often after ten minutes', () => {
    const cases = open()
    cases.report('a', 0, 'A')
    grow(cases, 'a')
    const [before] = cases.takeDue(10 * MINUTE)
    cases.report('a', 10 * MINUTE, 'A', before)
    grow(cases, 'a')
    expect(cases.wakeAt()).toBe(15 * MINUTE)
  })

  test('stay for their time without a finding, and then go', () => {
    const cases = open()
    cases.report('a', 0, 'A')
    grow(cases, 'a')
    for (const one of cases.takeDue(2 * MINUTE)) cases.keep(one, 2 * MINUTE)
    expect(cases.get('a')).toMatchObject({ lastFindingAt: 0, lookedAt: 2 * MINUTE, isDirty: false })
    cases.takeDue(30 * MINUTE)
    expect(cases.get('a')).toBeUndefined()
  })

  test('go at once when they are not to be kept', () => {
    const cases = open(0)
    cases.report('a', 0, 'A')
    cases.takeDue(MINUTE)
    expect(cases.get('a')).toBeUndefined()
  })

  test('are bounded, the longest told first to go, and continue from a snapshot', () => {
    const cases = open()
    for (let i = 0; i < 10_005; i++) cases.report(`k${i}`, i, 'x')
    expect([cases.size, cases.get('k4'), cases.get('k5')?.key]).toEqual([10_000, undefined, 'k5'])
    expect(new OpenCases<string>(pace, (zone) => [zone], JSON.parse(JSON.stringify(cases.snapshot()))).snapshot()).toEqual(cases.snapshot())
  })
})
