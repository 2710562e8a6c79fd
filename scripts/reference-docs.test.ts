import { expect, test } from 'vitest'
import { detectors } from '@/lib/detectors'
import { formats } from '@/lib/formats'
import { detectorsDoc, formatsDoc, readmeWith } from './reference-docs'
import { read } from './source-files'

test('docs/detectors.md says what the registry of detectors says', () => {
  expect(read('docs/detectors.md')).toBe(detectorsDoc(detectors))
})

test('docs/formats.md says what the registry of formats says', () => {
  expect(read('docs/formats.md')).toBe(formatsDoc(formats))
})

test('the README lists every detector and every format', () => {
  const readme = read('README.md')
  expect(readme).toBe(readmeWith(readme, detectors, formats))
  for (const { rule } of detectors) expect(readme).toContain(`\`${rule.id}\``)
  for (const { id } of formats) expect(readme).toContain(`\`${id}\``)
})
