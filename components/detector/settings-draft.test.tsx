import { describe, expect, test } from 'vitest'
import type { DetectorParameter, DetectorSettingsView, PreviewOutcome } from '@/lib/api/contracts/detectors'
import { lineOf } from './change-history'
import { previewSentence, reachSentence } from './preview-words'
import { changesOf, configKey, configOf, draftOf, grouped, numberOf, parameterError } from './settings-draft'

const parameter = (fields: Partial<DetectorParameter> & { readonly id: string }): DetectorParameter => ({
  label: fields.id,
  unit: '',
  default: 15,
  min: 1,
  max: 100,
  reason: 'because',
  whole: true,
  value: 15,
  touched: null,
  ...fields,
})
const THRESHOLD = parameter({ id: 'threshold', label: 'Starts', unit: 'starts' })
const SHARE = parameter({ id: 'share', unit: 'ratio', default: 0.6, min: 0.3, max: 1, whole: false, value: 0.7 })
const SWITCH = parameter({ id: 'hardened', default: 0, min: 0, max: 1, value: 0 })
const WAIT = parameter({ id: 'wait', unit: 's' })

const detector: DetectorSettingsView = {
  id: 'd',
  version: 3,
  enabled: true,
  enabledTouched: null,
  parameters: [THRESHOLD, SHARE, SWITCH, WAIT],
  presets: [],
  exceptionSupport: null,
  exceptions: [],
  changes: [],
}

describe('a form of settings', () => {
  test.each([
    ['15', 15],
    [' 0,6 ', 0.6],
    ['-3', -3],
    ['', null],
    ['1e3', null],
    ['0x10', null],
    ['fifteen', null],
  ])('reads %o as %o', (text, expected) => {
    expect(numberOf(text)).toBe(expected)
  })

  test('names the bounds of a value that cannot be', () => {
    expect(parameterError(THRESHOLD, '0')).toBe('Must be between 1 and 100 starts.')
    expect(parameterError(THRESHOLD, '2.5')).toBe('Must be a whole number.')
    expect(parameterError(SHARE, 'half')).toBe('Write a number between 0.3 and 1.')
    expect(parameterError(SHARE, '0,65')).toBeNull()
  })

  test('nobody touched has no changes', () => {
    expect(changesOf(detector, draftOf(detector))).toEqual([])
  })

  test('shows old and new of what would be saved; another way to write the same number is no change', () => {
    const draft = draftOf(detector, { enabled: false, texts: { threshold: '15.0', share: '0,6', hardened: '1', wait: '' } })
    expect(changesOf(detector, draft).map(({ label, from, to }) => [label, from, to])).toEqual([
      ['Detector', 'on', 'off'],
      ['share', '0.7', '0.6'],
      ['hardened', 'off', 'on'],
      ['wait', '15 s', ''],
    ])
  })

  test('sends a default as no choice', () => {
    const draft = draftOf(detector, { texts: { threshold: '20', share: '0.6' } })
    expect(configOf(detector, draft)).toEqual({
      enabled: true,
      values: { threshold: 20, share: null, hardened: null, wait: null },
      exceptions: [],
    })
  })

  test('keeps what was typed when somebody else’s change comes in', () => {
    const edits = { texts: { threshold: '20' } }
    const theirs = { ...detector, parameters: [{ ...THRESHOLD, value: 30 }, { ...SHARE, value: 0.9 }, SWITCH, WAIT] }
    expect(changesOf(theirs, draftOf(theirs, edits)).map(({ from, to }) => [from, to])).toEqual([['30 starts', '20 starts']])
  })

  test('tells a preview of the same settings from one of others', () => {
    const key = (text: string) => configKey(configOf(detector, draftOf(detector, { texts: { threshold: text } })))
    expect(key('20')).toBe(key('20.0'))
    expect(key('20')).not.toBe(key('21'))
  })

  test('groups every parameter once, by kind', () => {
    expect(grouped(detector.parameters).map(({ title, parameters }) => [title, parameters.map(({ id }) => id)])).toEqual([
      ['Counts and thresholds', ['threshold']],
      ['Shares', ['share']],
      ['Time', ['wait']],
      ['Choices', ['hardened']],
    ])
  })
})

describe('the words of a preview', () => {
  const DAY = 86_400_000
  const outcome: PreviewOutcome = {
    ...{ fromMs: 0, toMs: 7 * DAY, reachedMs: 7 * DAY, complete: true, events: 500, severityChanged: 0, lostTruePositives: 0 },
    ...{ currentAlarms: 40, changedAlarms: 31 },
    added: { count: 3, rows: [] },
    dropped: { count: 12, rows: [] },
  }

  test('say what would have been raised and dropped', () => {
    expect(previewSentence(outcome)).toBe(
      'On the stored history (7 days) this change would have raised 3 more and dropped 12 of 40 alarms.',
    )
    expect(previewSentence({ ...outcome, added: { count: 0, rows: [] }, dropped: { count: 0, rows: [] } })).toContain('no difference')
  })

  test('do not call silence a result', () => {
    expect(previewSentence({ ...outcome, events: 0 })).toContain('nothing can be said')
  })

  test('say how far it came, when the time was up', () => {
    expect(reachSentence(outcome)).toBeNull()
    expect(reachSentence({ ...outcome, complete: false, reachedMs: 3 * DAY })).toContain('the first 3 days of 7 days')
  })
})

test('a line of history names every field with old and new', () => {
  const before = { enabled: true, values: {}, exceptions: [] }
  const after = { enabled: false, values: { threshold: 10 }, exceptions: [{ kql: 'a: b', reason: 'x', expiresAt: null }] }
  expect(lineOf(detector, { before, after })).toBe('switched off, Starts: 15 → 10, exceptions 0 → 1')
})
