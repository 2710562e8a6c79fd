import { describe, expect, test } from 'vitest'
import { ATTACK_VERSION, findTechnique, parentTechnique, tactics, techniques, techniqueTitle } from './techniques'

describe('the curated techniques', () => {
  test('are of one stated version of ATT&CK', () => {
    expect(ATTACK_VERSION).toMatch(/^\d+\.\d+$/)
  })

  test('have unique ids in ascending order', () => {
    const ids = techniques.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].toSorted())
  })

  test('belong to listed tactics, and every listed tactic has one', () => {
    expect(new Set(techniques.flatMap((technique) => technique.tactics))).toEqual(new Set(tactics.map(({ shortName }) => shortName)))
  })

  test.each(techniques.map(({ id }) => id))(
    '%s links to its page and, if it is a sub-technique, has a parent of the same tactics',
    (id) => {
      const technique = findTechnique(id)
      const parent = parentTechnique(id)
      expect(technique?.url).toBe(`https://attack.mitre.org/techniques/${id.replace('.', '/')}/`)
      expect(technique?.summary).toMatch(/^[A-Z].*\.$/)
      if (id.includes('.')) expect(parent?.tactics).toEqual(technique?.tactics)
      else expect(parent).toBeNull()
    },
  )

  test.each([
    ['T1572', 'Protocol Tunneling', 'TA0011'],
    ['T1071.004', 'DNS', 'TA0011'],
    ['T1041', 'Exfiltration Over C2 Channel', 'TA0010'],
    ['T1048.003', 'Exfiltration Over Unencrypted Non-C2 Protocol', 'TA0010'],
    ['T1059.001', 'PowerShell', 'TA0002'],
    ['T1018', 'Remote System Discovery', 'TA0007'],
  ])('%s is %s of %s, as ATT&CK 18.1 names it', (id, name, tacticId) => {
    const technique = findTechnique(id)
    expect(technique?.name).toBe(name)
    expect(technique?.tactics.map((shortName) => tactics.find((tactic) => tactic.shortName === shortName)?.id)).toEqual([tacticId])
  })
})

test('a sub-technique is titled with its parent, an unknown id with itself', () => {
  expect(techniqueTitle('T1071.004')).toBe('Application Layer Protocol: DNS')
  expect(techniqueTitle('T1572')).toBe('Protocol Tunneling')
  expect(techniqueTitle('T9999')).toBe('T9999')
  expect(findTechnique('T9999')).toBeNull()
})
