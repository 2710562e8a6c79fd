import type { DnsAnswer } from '@/lib/domain/dns-event'
import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { mapLease } from '../dhcp-lease'
import { canonicalType } from '../dns-codes'
import { displayText } from '../dns-record-data'
import type { FormatParser, FormatSink, LogFormat, ParsedDns, ParserOptions } from '../format'
import { createLineReader, rejectOf } from '../line-reader'
import { deliver } from '../mapped'
import { plausible, yearlessTime } from '../timestamps'
import { type DnsmasqLine, readLine, readMessage } from './line'

const MAX_ANSWERS = 64
const MAX_REMEMBERED = 4_096
/** dnsmasq writes this for any name with a byte it cannot print. */
const UNPRINTABLE = '<name unprintable>'

/** The query log of dnsmasq and Pi-hole, with or without `log-queries=extra`. */
export const dnsmasq: LogFormat = {
  id: 'dnsmasq',
  title: 'dnsmasq or Pi-hole query log',
  endings: ['.log', '.log.gz'],
  expects: 'lines with `dnsmasq[pid]:` or `pihole-FTL[pid]:` after a syslog date',
  recognise(head) {
    const lines = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1').split(/\r?\n/, 201)
    const whole = lines.slice(0, Math.max(1, lines.length - 1)).filter((line) => line !== '')
    return whole.length === 0 ? 0 : whole.filter((line) => readLine(line) !== null).length / whole.length
  },
  createParser: (sink, options) => new DnsmasqParser(sink, options),
}

/** Consecutive reply lines of one lookup: a CNAME chain goes on under other names. */
interface ReplyGroup {
  readonly line: DnsmasqLine
  readonly recordNo: number
  readonly at: number
  readonly name: string
  readonly answers: DnsAnswer[]
  rcode: string
  count: number
  /** Name whose records are being listed; `null` after a CNAME, when the next name is taken as its target. */
  expects: string | null
}

class DnsmasqParser implements FormatParser {
  records = 0
  private readonly lines
  private group: ReplyGroup | null = null
  /** Names by process and serial number, for error replies, which do not repeat them. */
  private asked = new Map<string, string>()

  constructor(
    private readonly sink: FormatSink,
    private readonly options: ParserOptions,
  ) {
    this.lines = createLineReader(
      { line: (text, ended) => this.line(text, ended), tooLong: (head) => this.tooLong(head) },
      options.maxRecordBytes,
    )
  }

  push(bytes: Uint8Array): void {
    this.lines.push(bytes)
  }

  pause(): void {
    this.flush()
  }

  end(): void {
    this.lines.end()
    this.flush()
  }

  private tooLong(head: string): void {
    this.records += 1
    this.refuse('line-too-long', `the line is longer than ${this.options.maxRecordBytes} bytes`, head)
  }

  private refuse(reason: string, detail: string, text: string): void {
    this.sink.reject(rejectOf(reason, this.records, detail, text))
  }

  private line(text: string, ended: boolean): void {
    if (text.trim() === '') return
    this.records += 1
    const line = readLine(text)
    if (line === null) {
      this.flush()
      this.refuse(ended ? 'not-dnsmasq' : 'truncated', 'the line has no syslog date and dnsmasq[pid]: before its message', text)
      return
    }
    const time = plausible(yearlessTime(line.month, line.day, line.clock, this.options.nowMs), this.options.nowMs)
    if (typeof time === 'string') {
      this.flush()
      this.refuse(time, `the date is no usable time (${time})`, text)
      return
    }
    this.message(line, time.at, text)
  }

  private message(line: DnsmasqLine, at: number, text: string): void {
    const message = readMessage(line.message, line.program)
    if (message.kind === 'reply') {
      this.reply(line, at, message.name, message.data)
      return
    }
    if (message.kind === 'lease') {
      // Another part of dnsmasq said it: the reply that is being listed goes on.
      const facts = { address: message.address, name: message.name, time: { at, quality: 'no-year' as const }, leaseSeconds: null }
      deliver(mapLease(facts, this.options.nowMs), this.sink, this.records, () => text)
      return
    }
    this.flush()
    if (message.kind === 'other') {
      this.sink.skip(message.reason)
      return
    }
    this.remember(line, message.name)
    const client = canonicalIp(message.client)
    if (client === null) this.refuse('no-client', 'what follows "from" is not an IP address', text)
    else
      this.sink.event({ ...this.lookup(line, at, message.name, this.records), ...asked(client, message.type, message.tcp), role: 'query' })
  }

  private remember(line: DnsmasqLine, name: string): void {
    if (line.extra === null) return
    if (this.asked.size >= MAX_REMEMBERED) this.asked = new Map()
    this.asked.set(serialOf(line), name)
  }

  private reply(line: DnsmasqLine, at: number, printed: string, data: string): void {
    const name = printed === 'error' ? (this.asked.get(serialOf(line)) ?? printed) : printed
    const open = this.group
    const goesOn = open !== null && isSameLookup(open.line, line) && (open.expects === null || open.expects === name)
    if (!goesOn) this.flush()
    const group: ReplyGroup = (goesOn ? open : null) ?? {
      line,
      recordNo: this.records,
      at,
      name,
      answers: [],
      rcode: 'NOERROR',
      count: 0,
      expects: name,
    }
    this.group = group
    group.expects = data === '<CNAME>' ? null : name
    addReply(group, data)
  }

  private flush(): void {
    const { group } = this
    this.group = null
    if (group === null) return
    this.sink.event({
      ...this.lookup(group.line, group.at, group.name, group.recordNo),
      rcode: group.rcode,
      answers: group.answers,
      answerCount: group.count,
      role: 'response',
    })
  }

  private lookup(line: DnsmasqLine, at: number, name: string, recordNo: number): ParsedDns {
    const lost = name === UNPRINTABLE
    const canonical = lost ? null : nameFromText(name, 'none')
    const clientIp = line.extra === null ? null : canonicalIp(line.extra.address)
    return {
      kind: 'dns',
      at,
      timeQuality: 'no-year',
      source: clientIp,
      clientIp,
      clientPort: line.extra?.port ?? null,
      serverIp: null,
      serverPort: null,
      transport: null,
      transactionId: null,
      qname: canonical?.qname ?? '',
      qnameRaw: canonical?.qnameRaw ?? null,
      qnameLossy: canonical?.lossy ?? true,
      qtype: null,
      rcode: null,
      answers: [],
      answerCount: null,
      queryBytes: null,
      responseBytes: null,
      hostId: null,
      hostName: null,
      userName: null,
      processName: null,
      sensor: line.host ?? line.program,
      scope: 'client',
      attempts: 1,
      format: 'dnsmasq',
      recordNo,
    }
  }
}

const asked = (clientIp: string, type: string, tcp: boolean) => ({
  source: clientIp,
  clientIp,
  qtype: canonicalType(type.replace('type=', 'TYPE')),
  transport: tcp ? ('tcp' as const) : null,
})

const serialOf = (line: DnsmasqLine): string => `${line.pid} ${line.extra?.serial}`

const isSameLookup = (a: DnsmasqLine, b: DnsmasqLine): boolean =>
  a.pid === b.pid && a.extra?.serial === b.extra?.serial && a.extra?.port === b.extra?.port

const ERROR = /^(?:error is )?(SERVFAIL|REFUSED|FORMERR|NOTIMP)\b/

function addReply(group: ReplyGroup, data: string): void {
  const error = ERROR.exec(data)?.[1]
  if (error !== undefined || data === 'NXDOMAIN') {
    group.rcode = error ?? 'NXDOMAIN'
    return
  }
  if (data.startsWith('NODATA')) return
  group.count += 1
  if (group.answers.length >= MAX_ANSWERS) return
  const address = canonicalIp(data)
  if (address !== null) {
    const isV6 = address.includes(':')
    group.answers.push({ name: null, type: isV6 ? 'AAAA' : 'A', ttlSeconds: null, data: address, bytes: isV6 ? 16 : 4 })
    return
  }
  const typeOnly = /^<([A-Z0-9]{1,16})>$/.exec(data)?.[1] ?? null
  group.answers.push({ name: null, type: typeOnly, ttlSeconds: null, data: typeOnly === null ? displayText(data) : '', bytes: null })
}
