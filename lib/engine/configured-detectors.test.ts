import { describe, expect, it } from 'vitest'
import type { Detector, DetectorRun, Settings, Step } from '@/lib/detectors/detector'
import { detectors } from '@/lib/detectors/index'
import { DEFAULT_CONFIG, type DetectorConfig } from '@/lib/domain/detector-settings'
import { createConfiguredDetectors } from './configured-detectors'

interface Made {
  readonly settings: Settings
  readonly state: unknown
}

/** A detector that notes how it was made, and counts its steps. */
function noting(carryOver?: Detector['carryOver']): { detector: Detector; made: Made[] } {
  const [first] = detectors
  if (first === undefined) throw new Error('no detector')
  const made: Made[] = []
  const create = (settings: Settings, state?: unknown): DetectorRun => {
    made.push({ settings, state })
    let steps = typeof state === 'number' ? state : 0
    return {
      step: () => {
        steps += 1
        return []
      },
      wakeAt: () => null,
      snapshot: () => steps,
    }
  }
  return { detector: { rule: first.rule, create, ...(carryOver === undefined ? {} : { carryOver }) }, made }
}

const step = (nowMs: number): Step => ({ fromMs: nowMs - 10_000, nowMs, touched: [], processes: [], view: {} as Step['view'] })
const id = detectors[0]?.rule.id ?? ''
const [parameter] = detectors[0]?.rule.parameters ?? []
const other: DetectorConfig = { ...DEFAULT_CONFIG, values: { [parameter?.id ?? '']: parameter?.max ?? 0 } }

function bench(carryOver?: Detector['carryOver']) {
  const { detector, made } = noting(carryOver)
  let config = DEFAULT_CONFIG
  const configured = createConfiguredDetectors([detector], () => ({ [id]: config }))
  const [wrapped] = configured.detectors
  if (wrapped === undefined) throw new Error('nothing wrapped')
  const choose = (next: DetectorConfig) => {
    config = next
    return configured.reload()
  }
  return { configured, wrapped, made, choose }
}

describe('a running detector', () => {
  it('takes up a change at its next step, with what it had observed', () => {
    const { wrapped, made, choose, configured } = bench((state) => ({ observed: state }))
    const run = wrapped.create({})
    run.step(step(10_000))
    expect(choose(DEFAULT_CONFIG)).toEqual([])
    expect(choose(other)).toEqual([id])
    run.step(step(20_000))
    expect(made).toHaveLength(2)
    expect(made[1]).toMatchObject({ settings: other.values, state: { observed: 1 } })
    expect(configured.lastStepAt(id)).toBe(20_000)
  })

  it('starts from nothing when its state holds under its settings alone', () => {
    const { wrapped, made, choose } = bench()
    const run = wrapped.create({})
    run.step(step(10_000))
    choose(other)
    run.step(step(20_000))
    expect(made[1]?.state).toBeUndefined()
  })

  it('sees nothing while it is off, and starts from nothing when it is on again', () => {
    const { wrapped, made, choose, configured } = bench((state) => state)
    const run = wrapped.create({})
    run.step(step(10_000))
    choose({ ...DEFAULT_CONFIG, enabled: false })
    run.step(step(20_000))
    expect(configured.lastStepAt(id)).toBe(10_000)
    expect(run.wakeAt()).toBeNull()
    choose(DEFAULT_CONFIG)
    run.step(step(30_000))
    expect(made.map(({ state }) => state)).toEqual([undefined, undefined])
  })
})

describe('how far a detector is', () => {
  const lookup = detectors.find(({ rule }) => rule.id === 'dns_lookup_tunneling')
  const model = detectors.find(({ rule }) => rule.id === 'dns_tunneling_ml')

  it('is nothing before it runs, while it is off, and for one that tells nothing', () => {
    const { wrapped, configured, choose } = bench()
    expect(configured.statusOf(id)).toBeNull()
    wrapped.create({}).step(step(10_000))
    expect(configured.statusOf(id)).toBeNull()
    choose({ ...DEFAULT_CONFIG, enabled: false })
    expect(configured.statusOf(id)).toBeNull()
  })

  it('is what it has learned of what it needs, from a state taken up again on', () => {
    if (lookup === undefined || model === undefined) throw new Error('no such detector')
    const before = createConfiguredDetectors([lookup, model], () => ({}))
    const states = before.detectors.map((detector) => detector.create({}).snapshot())
    const configured = createConfiguredDetectors([lookup, model], () => ({}))
    for (const [index, detector] of configured.detectors.entries()) detector.create({}, states[index])
    expect(configured.statusOf(lookup.rule.id)).toEqual({
      learning: {
        warm: false,
        sentence: expect.stringContaining('0 of 24 quiet hours'),
        parts: [{ label: 'Quiet hours', have: 0, need: 24 }],
      },
      runs: null,
    })
    expect(configured.statusOf(model.rule.id)).toMatchObject({
      learning: {
        warm: false,
        parts: [
          { label: 'Domains', have: 0 },
          { label: 'Samples', need: 200 },
          { label: 'Hours', need: 24 },
        ],
      },
      runs: { lastAt: null, nextAt: null },
    })
  })
})

describe('a stored state', () => {
  it('is continued under the same settings, exactly', () => {
    const { wrapped, made } = bench()
    const run = wrapped.create({})
    run.step(step(10_000))
    wrapped.create({}, JSON.parse(JSON.stringify(run.snapshot())))
    expect(made[1]?.state).toBe(1)
  })

  it('is not continued when the settings changed while nothing ran', () => {
    const { wrapped, made, choose } = bench((state) => `carried ${state}`)
    const saved = wrapped.create({}).snapshot()
    choose(other)
    wrapped.create({}, saved)
    expect(made[1]?.state).toBe('carried 0')
  })

  it.each([[undefined], [null], ['garbage'], [{ under: 'x', state: null }]])('that is not one of these (%o) is no state', (saved) => {
    const { wrapped, made } = bench((state) => state)
    wrapped.create({}, saved)
    expect(made[0]?.state).toBeUndefined()
  })
})

describe('settings', () => {
  it('of a parameter that is gone, or beyond its bounds, do not count', () => {
    const { wrapped, made, choose } = bench()
    choose({ ...DEFAULT_CONFIG, values: { gone: 1, [parameter?.id ?? '']: (parameter?.max ?? 0) + 1 } })
    wrapped.create({})
    expect(made[0]?.settings).toMatchObject({ [parameter?.id ?? '']: parameter?.default })
    expect(made[0]?.settings).not.toHaveProperty('gone')
  })
})

it.each(detectors.map((detector) => [detector.rule.id, detector] as const))(
  '%s goes on with its own state under other settings',
  (_, detector) => {
    const settings = Object.fromEntries(detector.rule.parameters.map(({ id: name, min }) => [name, min]))
    const state: unknown = JSON.parse(JSON.stringify(detector.create({}).snapshot()))
    expect(detector.carryOver).toBeDefined()
    const next = detector.create(settings, detector.carryOver?.(state))
    expect(() => next.snapshot()).not.toThrow()
  },
)
