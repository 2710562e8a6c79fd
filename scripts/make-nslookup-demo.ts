import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Start } from './nslookup-demo/machine'
import { scenario } from './nslookup-demo/scenario'
import { winlogbeatDocument } from './nslookup-demo/winlogbeat-document'

const FIXTURES = 'lib/detectors/dns_tunneling_nslookup/fixtures'

const ndjson = (starts: readonly Start[]): string =>
  [...starts]
    .sort((left, right) => left.at - right.at)
    .map((start) => `${JSON.stringify(winlogbeatDocument(start))}\n`)
    .join('')

/** Every file this script makes, by its path in the project. A scenario is made anew for each, so that none depends on another. */
export function nslookupFiles(): ReadonlyMap<string, string> {
  const all = scenario()
  const alone = scenario()
  const quiet = scenario()
  return new Map([
    ['demo/nslookup-sysmon.ndjson', ndjson([...all.background, ...all.channel])],
    [`${FIXTURES}/malicious-powershell-channel.ndjson`, ndjson(alone.channel)],
    [`${FIXTURES}/benign-workstations.ndjson`, ndjson(quiet.background.filter((_, index) => index < 60))],
  ])
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [path, content] of nslookupFiles()) {
    const target = fileURLToPath(new URL(`../${path}`, import.meta.url))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content)
    console.log(`${path}: ${content.split('\n').length - 1} process starts`)
  }
}
