import { expect, test } from 'vitest'
import { claim } from './coverage-board'
import { groupByTactic, sumCounts, tacticTitle } from './group-by-tactic'

const technique = (id: string, tactics: string[], detectors: readonly string[]) => ({
  id,
  name: id,
  tactics,
  url: `https://attack.mitre.org/techniques/${id}/`,
  detectors: detectors.map((detector) => ({ id: detector, title: detector, alarms: 3, open: 2, truePositive: 1 })),
})
const TECHNIQUES = [
  technique('T1572', ['command-and-control'], ['names', 'model']),
  technique('T1048', ['exfiltration'], ['names']),
  technique('T1071.004', ['command-and-control'], ['names']),
]

test('techniques stand under each of their tactics, in the order of their ids', () => {
  expect(groupByTactic(TECHNIQUES).map(({ title, techniques }) => [title, techniques.map(({ id }) => id)])).toEqual([
    ['Command and Control', ['T1071.004', 'T1572']],
    ['Exfiltration', ['T1048']],
  ])
})

test('the claim counts detectors once and sub-techniques apart', () => {
  expect(claim({ attackVersion: '19.1', techniques: TECHNIQUES }, groupByTactic(TECHNIQUES))).toBe(
    '2 detectors claim 2 techniques and 1 sub-technique, under Command and Control and Exfiltration.',
  )
})

test('alarms add up over detectors', () => {
  expect(sumCounts(TECHNIQUES[0]?.detectors ?? [])).toEqual({ open: 4, truePositive: 2, alarms: 6 })
})

test('small words of a tactic stay small', () => {
  expect(tacticTitle('command-and-control')).toBe('Command and Control')
})
