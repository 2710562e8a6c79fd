import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { BENIGN_FAMILIES } from '@/lib/domain/alarm'
import { SEVERITY_RISK } from '@/lib/domain/severity'
import { defaultsOf } from './detector'
import { detectors } from './index'
import { replay } from './testing/replay'

const here = new URL('.', import.meta.url)
const foldersHere = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['testing', 'facts'].includes(entry.name))
  .map((entry) => entry.name)

test('every folder is registered once, under its own id', () => {
  expect(detectors.map((detector) => detector.rule.id).toSorted()).toEqual(foldersHere.toSorted())
})

describe.each(detectors.map((detector) => [detector.rule.id, detector] as const))('%s', (id, detector) => {
  const { rule } = detector

  test('maps to ATT&CK technique ids', () => {
    expect(rule.techniques.length).toBeGreaterThan(0)
    expect(new Set(rule.techniques).size).toBe(rule.techniques.length)
    for (const technique of rule.techniques) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/)
  })

  test('states a risk that is its severity’s', () => {
    expect(rule.risk).toBe(SEVERITY_RISK[rule.severity])
  })

  test('explains every parameter and keeps its default within its bounds', () => {
    expect(rule.parameters.length).toBeGreaterThan(0)
    expect(new Set(rule.parameters.map((parameter) => parameter.id)).size).toBe(rule.parameters.length)
    for (const { label, reason, min, max, default: standard } of rule.parameters) {
      expect(label.length).toBeGreaterThan(3)
      expect(reason.length).toBeGreaterThan(20)
      expect(min).toBeLessThanOrEqual(standard)
      expect(standard).toBeLessThanOrEqual(max)
    }
  })

  test('names its document, its look-back and its benign families', () => {
    expect(rule.after).not.toBe('')
    expect(rule.description).toMatch(/\.$/)
    expect(rule.intervalMs).toBeGreaterThan(0)
    expect(rule.lookBackMs).toBeGreaterThanOrEqual(rule.intervalMs)
    expect(rule.benignFamilies.length).toBeGreaterThan(0)
    for (const family of rule.benignFamilies) expect(BENIGN_FAMILIES).toContain(family)
  })

  test('has a guide an analyst can follow', () => {
    const guide = readFileSync(new URL(`${id}/guide.md`, here), 'utf8')
    for (const heading of ['## What it sees', '## Investigate', '## False positives', '## Response', '## Blind spots'])
      expect(guide).toContain(`\n${heading}\n`)
    expect(guide).toMatch(/\n## Investigate\n+1\. /)
    expect(guide).toMatch(/\n## Response\n+- \[ \] /)
  })

  test('has a test, and fixtures of both kinds with their source', () => {
    expect(readdirSync(new URL(id, here)).some((name) => name.endsWith('.test.ts'))).toBe(true)
    const fixtures = readdirSync(new URL(`${id}/fixtures`, here))
    expect(fixtures).toContain('SOURCE.md')
    expect(fixtures.some((name) => name.startsWith('malicious'))).toBe(true)
    expect(fixtures.some((name) => name.startsWith('benign'))).toBe(true)
  })

  test('finds nothing in silence, and its state survives JSON', () => {
    const run = detector.create(defaultsOf(rule))
    expect(replay(run, [{ at: 0, source: '10.0.0.1', qname: 'www.example.com' }])).toEqual([])
    const restored = detector.create(defaultsOf(rule), JSON.parse(JSON.stringify(run.snapshot())))
    expect(restored.snapshot()).toEqual(run.snapshot())
  })
})
