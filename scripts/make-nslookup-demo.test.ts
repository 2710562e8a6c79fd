import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { nslookupFiles } from './make-nslookup-demo'
import { channelNames } from './nslookup-demo/scenario'

test.each([...nslookupFiles()])('%s is what the script makes', (path, content) => {
  expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).toBe(content)
})

test('the names carry the payload and fit into DNS', () => {
  const names = channelNames()
  expect(new Set(names).size).toBe(24)
  for (const name of names) {
    expect(name.length).toBeLessThanOrEqual(253)
    expect(name).toMatch(/^\d\d-[a-z2-7]{8,60}\.metrics-relay\.example$/)
  }
})
