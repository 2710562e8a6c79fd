import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Detector, Step } from '@/lib/detectors/detector'
import type { AlarmDraft } from '@/lib/domain/alarm'
import { lookup, processStart } from '@/lib/store/contract/sample-events'
import { type AnalyserOptions, createAnalyser } from './analyse'
import { countingDetector, T0, traffic } from './fixtures/made-events'

/** A detector that notes every step it is given. */
function recorder(wakeAt: () => number | null = () => null): { readonly steps: Step[]; readonly detector: Detector } {
  const steps: Step[] = []
  const { rule } = countingDetector(1)
  const detector: Detector = {
    rule,
    create: () => ({
      step: (step) => {
        steps.push(step)
        return []
      },
      wakeAt,
      snapshot: () => null,
    }),
  }
  return { steps, detector }
}

describe('steps', () => {
  test('end on multiples of ten seconds and hold what happened in them', () => {
    const { steps, detector } = recorder()
    const analyser = createAnalyser({ detectors: [detector] })
    analyser.observe(lookup({ at: T0 + 1, id: 1, source: 'b', qname: 'x.beta.org' }))
    analyser.observe(processStart({ at: T0 + 2, id: 2 }))
    analyser.observe(lookup({ at: T0 + 9_999, id: 3, source: 'a', qname: 'y.beta.org' }))
    analyser.observe(lookup({ at: T0 + 9_999, id: 4, source: 'a', qname: 'alpha.com' }))
    analyser.observe(lookup({ at: T0 + 10_000, id: 5, source: 'c', qname: 'alpha.com' }))
    analyser.finish()
    expect(steps.map(({ fromMs, nowMs }) => [fromMs - T0, nowMs - T0])).toEqual([
      [0, 10_000],
      [10_000, 20_000],
    ])
    expect(steps[0]?.touched.map(({ source, zone }) => ({ source, zone }))).toEqual([
      { source: 'a', zone: 'alpha.com' },
      { source: 'a', zone: 'beta.org' },
      { source: 'b', zone: 'beta.org' },
    ])
    expect(steps[0]?.processes.map((process) => process.id)).toEqual([2])
    expect(steps[1]?.processes).toEqual([])
  })

  test('silence is jumped over', () => {
    const { steps, detector } = recorder()
    const analyser = createAnalyser({ detectors: [detector] })
    analyser.observe(lookup({ at: T0, id: 1 }))
    analyser.observe(lookup({ at: T0 + 30 * 86_400_000, id: 2 }))
    analyser.finish()
    expect(steps).toHaveLength(2)
  })

  test('a detector is woken at the step that ends at or after its appointment, and nobody else', () => {
    let wake: number | null = T0 + 605_000
    const woken = recorder(() => wake)
    const other = recorder()
    const analyser = createAnalyser({ detectors: [woken.detector, { ...other.detector, rule: { ...other.detector.rule, id: 'other' } }] })
    analyser.observe(lookup({ at: T0, id: 1 }))
    analyser.advanceTo(T0 + 609_999)
    expect(woken.steps).toHaveLength(1)
    analyser.advanceTo(T0 + 620_000)
    wake = null
    expect(woken.steps.map((step) => step.nowMs - T0).slice(0, 2)).toEqual([10_000, 610_000])
    expect(woken.steps[1]?.touched).toEqual([])
    expect(other.steps).toHaveLength(1)
  })

  test('finish wakes what is due within a day and no later', () => {
    for (const [hours, expected] of [
      [23, 2],
      [25, 1],
    ] as const) {
      let wake: number | null = T0 + hours * 3_600_000
      const { steps, detector } = recorder(() => wake)
      const once: Detector = {
        ...detector,
        create: (settings) => {
          const run = detector.create(settings)
          return {
            ...run,
            step: (step) => {
              if (wake !== null && step.nowMs >= wake) wake = null
              return run.step(step)
            },
          }
        },
      }
      const analyser = createAnalyser({ detectors: [once] })
      analyser.observe(lookup({ at: T0, id: 1 }))
      analyser.finish()
      expect(steps).toHaveLength(expected)
    }
  })
})

describe('what is counted', () => {
  test.each([
    ['upstream traffic', lookup({ at: T0, id: 1, scope: 'upstream' })],
    ['multicast', lookup({ at: T0, id: 1, scope: 'local-multicast' })],
    ['a lookup without a source', lookup({ at: T0, id: 1, source: null })],
    ['a name without a registered domain', lookup({ at: T0, id: 1, qname: '5.0.0.10.in-addr.arpa' })],
    ['a single label', lookup({ at: T0, id: 1, qname: 'printer' })],
  ])('not %s', (_, event) => {
    const { steps, detector } = recorder()
    const analyser = createAnalyser({ detectors: [detector] })
    analyser.observe(event)
    analyser.finish()
    expect(steps).toEqual([])
  })
})

describe('stopping and continuing', () => {
  const options: AnalyserOptions = { detectors: [countingDetector(4)] }
  const last = (drafts: readonly AlarmDraft[]): readonly AlarmDraft[] => [...new Map(drafts.map((draft) => [draft.id, draft])).values()]

  test('a snapshot at any event gives the drafts of the whole run', () => {
    fc.assert(
      fc.property(traffic, fc.double({ min: 0, max: 1, noNaN: true }), (events, share) => {
        const whole = createAnalyser(options)
        for (const event of events) whole.observe(event)
        whole.finish()

        const cut = Math.floor(share * events.length)
        const first = createAnalyser(options)
        for (const event of events.slice(0, cut)) first.observe(event)
        const snapshot = JSON.parse(JSON.stringify(first.snapshot())) as unknown
        const second = createAnalyser({ ...options, snapshot })
        for (const event of events.slice(cut)) second.observe(event)
        second.finish()
        expect(second.drafts()).toEqual(whole.drafts())
      }),
      { numRuns: 60 },
    )
  })

  test('how often drafts are taken does not change the alarms', () => {
    fc.assert(
      fc.property(traffic, (events) => {
        const whole = createAnalyser(options)
        const taken = createAnalyser(options)
        const drafts: AlarmDraft[] = []
        for (const event of events) {
          whole.observe(event)
          taken.observe(event)
          drafts.push(...taken.drafts())
        }
        whole.finish()
        taken.finish()
        drafts.push(...taken.drafts())
        const byId = (a: AlarmDraft, b: AlarmDraft) => (a.id < b.id ? -1 : 1)
        expect([...last(drafts)].sort(byId)).toEqual([...last(whole.drafts())].sort(byId))
      }),
      { numRuns: 60 },
    )
  })
})

describe('reporting', () => {
  test('an alarm that ended before the range is not reported', () => {
    const analyser = createAnalyser({ detectors: [countingDetector(3)], reportFromMs: T0 + 3_600_000 })
    for (let id = 0; id < 5; id++) analyser.observe(lookup({ at: T0 + id, id, qname: `${id}.alpha.com` }))
    for (let id = 0; id < 5; id++) analyser.observe(lookup({ at: T0 + 3_600_000 + id, id, qname: `${id}.beta.org` }))
    analyser.finish()
    expect(analyser.drafts().map((draft) => draft.zone)).toEqual(['beta.org'])
  })
})
