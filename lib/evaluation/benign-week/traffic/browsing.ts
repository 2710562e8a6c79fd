import { BASE36, fixed, HEX } from '../random'
import { type Client, type Moment, SITES, type Traffic } from '../world'

const SYLLABLES = [
  'ba',
  'co',
  'den',
  'fa',
  'gar',
  'hi',
  'jo',
  'ka',
  'lum',
  'mor',
  'ne',
  'or',
  'pi',
  'qua',
  'ri',
  'so',
  'tal',
  'u',
  'vin',
  'wes',
] as const
const ENDINGS = ['com', 'com', 'com', 'net', 'org', 'de', 'co.uk', 'io', 'fr'] as const
const HOSTS = ['www', 'api', 'static', 'img', 'cdn', 'login', 'assets', 'media', 'shop', 'blog'] as const
/** Third parties are shared by many sites: a page asks for popular ones. */
const THIRD_PARTIES = SITES / 400
const PAGES_AN_HOUR = 14
const VIDEO_NODES = 600

/** The registered domain of a site, pronounceable as most are. */
export function siteDomain(rank: number): string {
  const random = fixed(`site ${rank}`)
  let word = ''
  for (let i = 0; i < 2 + random.below(3); i++) word += random.pick(SYLLABLES)
  return `${word}${rank}.${random.pick(ENDINGS)}`
}

function ownHosts(rank: number): string[] {
  const random = fixed(`hosts ${rank}`)
  const domain = siteDomain(rank)
  return Array.from({ length: 1 + random.below(3) }, (_, index) => `${index === 0 ? 'www' : random.pick(HOSTS)}.${domain}`)
}

/** What content networks make for a site: always the same names for the same site. */
function contentHosts(rank: number): string[] {
  const random = fixed(`content ${rank}`)
  const choice = random.next()
  if (choice < 0.3) return [`d${random.text(BASE36, 13)}.cloudfront.net`]
  if (choice < 0.5) return [`e${random.below(40_000)}.${random.pick(['a', 'b', 'dsca', 'dscb', 'dscx'])}.akamaiedge.net`]
  if (choice < 0.6) return [`${random.text(HEX, 8)}.b-cdn.net`, `${random.text(BASE36, 10)}.azureedge.net`]
  if (choice < 0.7) return [`${random.text(HEX, 8)}-${random.below(1e9)}.eu-west-1.elb.amazonaws.com`]
  return []
}

/** Names that are new with every page: isolated advertisement frames, and measurements of content networks. */
function measurementHosts({ random }: Moment): string[] {
  if (random.chance(0.04)) return [`${random.text(HEX, 32)}.safeframe.googlesyndication.com`]
  if (random.chance(0.004)) return Array.from({ length: 3 }, () => `i2-${random.text(BASE36, 30)}.init.cedexis-radar.net`)
  return []
}

/** The types a browser asks for a name, at once. */
function ask(moment: Moment, client: Client, at: number, name: string): void {
  moment.emit(at, client.address, name, 'A')
  if (client.asksIpv6) moment.emit(at + 1, client.address, name, 'AAAA')
  if (client.asksHttps) moment.emit(at + 1, client.address, name, 'HTTPS')
  if (moment.random.chance(0.01)) moment.emit(at + 1_000, client.address, name, 'A')
}

function openPage(moment: Moment, client: Client, at: number, rank: number, thirdParty: () => number): void {
  const { random } = moment
  const others = Array.from({ length: random.poisson(4) }, () => ownHosts(thirdParty())[0] ?? '')
  const names = [...ownHosts(rank), ...contentHosts(rank), ...others, ...measurementHosts(moment)]
  for (const name of names) if (random.chance(0.6)) ask(moment, client, at + random.exponential(900), name)
}

export const browsing: Traffic = {
  id: 'browsing',
  what: `Pages of sites by Zipf popularity (exponent 0.91, ${SITES.toLocaleString('en')} sites), ${PAGES_AN_HOUR} an hour and busy client (log-normal), 1 to 3 own hosts and a Poisson number (4) of third parties each, 40 % already cached; A, AAAA (90 % of clients) and HTTPS (60 %); 30 % of sites on names hashed by a content network; 4 % of pages with a random name of an advertisement frame, 0.4 % with three of a measurement; 1 % repeated after a second`,
  source:
    'Jung et al., DNS Performance and the Effectiveness of Caching, IEEE/ACM ToN 2002 (Zipf 0.91); Callahan et al., On Modern DNS Behavior and Properties, CCR 2013 (lookups a page); pages an hour assumed',
  create({ clients, sites }) {
    const people = clients.filter(({ role }) => role === 'workstation' || role === 'phone' || role === 'forwarder')
    return (moment) => {
      const { at, activity, random } = moment
      for (const client of people) {
        // A forwarder stands for the sixty clients of a branch office.
        const many = client.role === 'forwarder' ? 60 : client.role === 'phone' ? 0.4 : client.busy
        const pages = random.poisson((PAGES_AN_HOUR / 60) * activity * many)
        for (let i = 0; i < pages; i++)
          openPage(moment, client, at + random.next() * 60_000, sites.draw(random), () => sites.draw(random) % THIRD_PARTIES)
      }
    }
  },
}

export const video: Traffic = {
  id: 'video',
  what: `One in eight people watches a video in an hour: 3 to 8 generated host names of ${VIDEO_NODES} nodes`,
  source: 'Shape of googlevideo.com host names as documented by nDPI; rate assumed',
  create({ of }) {
    const people = [...of('workstation'), ...of('phone')]
    return ({ at, activity, random, emit }) => {
      for (const { address } of people) {
        if (!random.chance((activity * 0.125) / 60)) continue
        for (let i = 0; i < 3 + random.below(6); i++) {
          const node = fixed(`node ${random.below(VIDEO_NODES)}`)
          const name = `r${1 + node.below(8)}---sn-${node.text(BASE36, 8)}.googlevideo.com`
          emit(at + random.exponential(120_000), address, name, 'A')
          emit(at + random.exponential(120_000), address, name, 'AAAA')
        }
      }
    }
  },
}
