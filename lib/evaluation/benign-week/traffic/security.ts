import { BASE32, BASE36, fixed, HEX, type Random } from '../random'
import type { Client, Moment, Traffic } from '../world'

const NEW_FILES_AN_HOUR = 40

/** Names as reputation services make them: the asked hash or address in the labels. */
function reputationName(service: NonNullable<Client['reputation']>, random: Random): readonly [string, string] {
  if (service === 'eset') return [`${random.text(BASE32, 36)}.a.e.e5.sk`, 'TXT']
  if (service === 'sophos') return [`${random.text(BASE36, 40)}.${random.text(BASE36, 24)}.w.03.l0.sophosxl.net`, 'TXT']
  const labels = `a-0.19-${random.text(HEX, 8)}.${random.text(HEX, 7)}.${random.text(HEX, 4)}.${random.text(HEX, 4)}`
  return [`${labels}.${random.text(BASE32, 26)}.avqs.mcafee.com`, 'A']
}

export const reputation: Traffic = {
  id: 'reputation',
  what: `Two in five workstations and servers ask a reputation service (Sophos, ESET or McAfee) for ${NEW_FILES_AN_HOUR} new files or addresses an hour, one in three of them in a burst of 20 to 60`,
  source: 'Name shapes: exclusion list of Azure Sentinel DNS Essentials and nDPI protocol lists; rates assumed',
  create({ clients }) {
    const asking = clients.flatMap(({ reputation: service, ...client }) => (service === null ? [] : [{ ...client, service }]))
    return ({ at, activity, random, emit }) => {
      for (const { address, service, busy } of asking) {
        const single = random.poisson((NEW_FILES_AN_HOUR * busy * activity * 2) / 3 / 60)
        const isBurst = random.chance((NEW_FILES_AN_HOUR * busy * activity) / 3 / 40 / 60)
        const count = single + (isBurst ? 20 + random.below(41) : 0)
        for (let i = 0; i < count; i++) {
          const [name, qtype] = reputationName(service, random)
          emit(at + random.next() * 60_000, address, name, qtype)
        }
      }
    }
  },
}

const LISTS = ['zen.spamhaus.org', 'b.barracudacentral.org', 'bl.spamcop.net', 'dnsbl.sorbs.net', 'list.dnswl.org'] as const
const DOMAIN_LISTS = ['dbl.spamhaus.org', 'multi.surbl.org', 'multi.uribl.com'] as const
const MAILS_A_MINUTE = 12
const SENDERS = 20_000

function address(random: Random): readonly number[] {
  return Array.from({ length: 4 }, (_, index) => (index === 0 ? 11 + random.below(200) : random.below(256)))
}

function receiveMail({ at, random, emit }: Moment, server: string): void {
  // Two in five mails come from a sender seen before; the rest from an address of its own.
  const sender = random.chance(0.4) ? fixed(`sender ${Math.floor(SENDERS * random.next() ** 3)}`) : random
  const ip = address(sender)
  const domain = `${sender.text('bcdfglmnprst', 2)}${sender.pick(['ala', 'ero', 'ino', 'una'])}${sender.below(99_999)}.com`
  const reversed = ip.toReversed().join('.')
  const when = () => at + random.next() * 60_000
  for (const list of LISTS) emit(when(), server, `${reversed}.${list}`, 'A', random.chance(0.7) ? 'NXDOMAIN' : 'NOERROR')
  for (const list of DOMAIN_LISTS) emit(when(), server, `${domain}.${list}`, 'A', 'NXDOMAIN')
  emit(when(), server, `${reversed}.in-addr.arpa`, 'PTR')
  emit(when(), server, domain, 'MX')
  emit(when(), server, domain, 'TXT')
  emit(when(), server, `_dmarc.${domain}`, 'TXT')
  emit(when(), server, `${sender.pick(['s1', 'google', 'selector1', `k${sender.below(9)}`])}._domainkey.${domain}`, 'TXT')
}

export const mail: Traffic = {
  id: 'mail',
  what: `Mail servers receive ${MAILS_A_MINUTE} mails a minute at the busiest hour and a quarter of it at night; each asks ${LISTS.length} address lists, ${DOMAIN_LISTS.length} domain lists, PTR, MX, SPF, DMARC and DKIM; three in five senders are new`,
  source:
    'Jung and Sit, An Empirical Study of Spam Traffic and the Use of DNS Black Lists, IMC 2004 (lookups of lists and their skew); documentation of the lists (name shapes); rate assumed',
  create({ of }) {
    const servers = of('mail')
    return (moment) => {
      for (const server of servers) {
        const mails = moment.random.poisson(MAILS_A_MINUTE * Math.max(0.25, moment.activity))
        for (let i = 0; i < mails; i++) receiveMail(moment, server.address)
      }
    }
  },
}

const SCANNED_NAMES = 5_000
const WORDS = [
  'admin',
  'vpn',
  'mail',
  'test',
  'dev',
  'portal',
  'git',
  'jira',
  'intranet',
  'backup',
  'db',
  'www',
  'ftp',
  'stage',
  'api',
] as const

export const scanner: Traffic = {
  id: 'scanner',
  what: `A vulnerability scanner tries ${SCANNED_NAMES.toLocaleString('en')} host names of the own domain from a word list on Tuesday at 22:00, 20 a second, and asks plug-in names all night`,
  source: 'Practice of subdomain enumeration; exception for l2.nessus.org in Emerging Threats rule 2026040; rate assumed',
  create({ of, ownDomain }) {
    const [host] = of('scanner')
    return ({ at, random, emit }) => {
      const time = new Date(at)
      const hour = time.getUTCHours()
      if (host === undefined || time.getUTCDay() !== 2 || hour < 22) return
      const minute = (hour - 22) * 60 + time.getUTCMinutes()
      for (let i = 0; i < 1_200 && minute * 1_200 + i < SCANNED_NAMES; i++) {
        const no = minute * 1_200 + i
        const name = `${WORDS[no % WORDS.length]}${Math.floor(no / WORDS.length) || ''}.${ownDomain}`
        emit(at + i * 50, host.address, name, 'A', random.chance(0.01) ? 'NOERROR' : 'NXDOMAIN')
      }
      if (random.chance(0.5)) emit(at + 30_000, host.address, `${random.text(HEX, 10)}.l2.nessus.org`, 'TXT')
    }
  },
}
