import { Random } from '../benign-week/random'
import { HOUR, type HonestLookup, someDomain, word } from './kind'

const SITES = 500
const PAGES_AN_HOUR = 20
const BASE36 = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** People at work beside what is measured: a few words below many sites, popular ones often, one host in ten generated. */
export function* background(seed: number, clients: number, hours: number): Generator<HonestLookup> {
  const random = new Random(seed)
  const sites = Array.from({ length: SITES }, () => someDomain(random))
  const generated = Array.from({ length: 80 }, () => `d${random.text(BASE36, 13)}.cloudfront.net`)
  for (let client = 0; client < clients; client++)
    for (let at = random.exponential(HOUR / PAGES_AN_HOUR); at < hours * HOUR; at += random.exponential(HOUR / PAGES_AN_HOUR)) {
      const site = sites[Math.floor(SITES * random.next() ** 3)] ?? ''
      const name = random.chance(0.1)
        ? (generated[random.below(80)] ?? '')
        : `${random.pick(['www', 'api', 'static', 'img', word(random)])}.${site}`
      yield { at, client, name, qtype: 'A' }
      if (random.chance(0.7)) yield { at: at + 2, client, name, qtype: 'AAAA' }
    }
}
