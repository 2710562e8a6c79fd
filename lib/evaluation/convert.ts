import type { DnsEvent } from '@/lib/domain/dns-event'
import { type LookupFacts, lookupOf } from '@/lib/formats/lookup'
import { nameFromText } from '@/lib/names/canonical-name'
import type { Conversion } from './labels'

const RESOLVER = '10.77.0.1'
/** Type numbers that occur in the data sets this reads, by RFC 1035 and the IANA registry. */
const TYPES: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  10: 'NULL',
  12: 'PTR',
  15: 'MX',
  16: 'TXT',
  25: 'KEY',
  28: 'AAAA',
  33: 'SRV',
  64: 'SVCB',
  65: 'HTTPS',
  255: 'ANY',
}

function made(name: string, no: number, facts: Pick<LookupFacts, 'at' | 'timeQuality' | 'qtype' | 'clientIp' | 'clientPort'>): DnsEvent {
  const base = { format: 'converted', recordNo: no, serverIp: RESOLVER, serverPort: 53 } as const
  return { ...lookupOf(nameFromText(name, 'none'), { ...base, ...facts }), id: no }
}

/** Columns of a `^` row, counted from 0. */
const [PORT, SECONDS, NAME, TYPE, COLUMNS] = [4, 11, 54, 55, 56]

/** The type column holds a number, or its wire form in hexadecimal before a semicolon. */
function typeOf(text: string): string | null {
  const number = text.includes(';') ? Number.parseInt(text, 16) : /^\d+$/.test(text) ? Number(text) : Number.NaN
  return Number.isNaN(number) ? null : (TYPES[number] ?? `TYPE${number}`)
}

function caretRows(text: string, client: string): DnsEvent[] {
  return text.split('\n').flatMap((line, index) => {
    const cells = line.split('^')
    const at = Math.round(Number(cells[SECONDS]) * 1_000)
    const name = cells[NAME] ?? ''
    if (cells.length < COLUMNS || name === '' || !(at > 0)) return []
    const clientPort = Number(cells[PORT]) || null
    return [made(name, index + 1, { at, timeQuality: 'second', qtype: typeOf(cells[TYPE] ?? ''), clientIp: client, clientPort })]
  })
}

const HEADERS = new Set(['', 'qname', 'name', 'domain'])

function listedNames(text: string, { rate, qtype, client, start }: Extract<Conversion, { type: 'names' }>): DnsEvent[] {
  const names = text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\uFEFF/, '').trim())
    .map((line) => (line.includes(',') ? (line.split(',')[1] ?? '') : line).replaceAll('"', '').replace(/\.$/, ''))
    .filter((name) => !HEADERS.has(name))
  return names.map((name, index) => {
    const at = Math.round(Date.parse(start) + (index * 1_000) / rate)
    return made(name, index + 1, { at, timeQuality: 'exact', qtype, clientIp: client, clientPort: null })
  })
}

/** Lookups of a data set that no log format describes. @param bytes - The file, unpacked. */
export function convert(bytes: Uint8Array, how: Conversion): DnsEvent[] {
  const text = Buffer.from(bytes).toString('latin1')
  return how.type === 'bonelee' ? caretRows(text, how.client) : listedNames(text, how)
}
