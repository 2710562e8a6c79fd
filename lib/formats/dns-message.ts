import type { DnsAnswer } from '@/lib/domain/dns-event'
import { rcodeOfNumber, typeOfNumber } from './dns-codes'
import { readName, skipName, type WireName } from './dns-name'
import { recordData } from './dns-record-data'

/** What is read of a DNS message. */
export interface DnsMessage {
  readonly transactionId: number
  readonly isResponse: boolean
  /** TC bit. */
  readonly truncated: boolean
  readonly qname: string
  readonly qnameRaw: string | null
  readonly qtype: string
  /** null in a query. */
  readonly rcode: string | null
  readonly answers: readonly DnsAnswer[]
  /** As the header says; null in a query. */
  readonly answerCount: number | null
}

/** Why a message gives no lookup: `malformed-dns` is an error, the others are messages of another kind. */
export type NoLookup = 'malformed-dns' | 'not-a-query' | 'no-question'

const HEADER_BYTES = 12
const MAX_ANSWERS = 64
const NO_ANSWERS: readonly DnsAnswer[] = []

/**
 * Reads one DNS message (RFC 1035 §4). A question that cannot be read makes it malformed; a broken or cut answer
 * section ends the answers there. Of several questions the first counts.
 *
 * @param start - first octet of the header.
 * @param end - first octet past the message (or past what was captured of it).
 */
export function readDnsMessage(bytes: Buffer, start: number, end: number): DnsMessage | NoLookup {
  if (end - start < HEADER_BYTES) return 'malformed-dns'
  const high = bytes[start + 2] ?? 0
  const low = bytes[start + 3] ?? 0
  if ((high & 0x78) !== 0) return 'not-a-query'
  const questions = bytes.readUInt16BE(start + 4)
  if (questions === 0) return 'no-question'
  const name = readName(bytes, start, start + HEADER_BYTES, end)
  if (name === null || name.next + 4 > end) return 'malformed-dns'
  const isResponse = (high & 0x80) !== 0
  const answerCount = bytes.readUInt16BE(start + 6)
  const qname = name.hasUpperCase ? name.shown.toLowerCase() : name.shown
  const records = isResponse ? recordsAt(bytes, name.next + 4, end, questions - 1) : -1
  return {
    transactionId: bytes.readUInt16BE(start),
    isResponse,
    truncated: (high & 0x02) !== 0,
    qname,
    qnameRaw: name.hasUpperCase ? name.shown : null,
    qtype: typeOfNumber(bytes.readUInt16BE(name.next)),
    rcode: isResponse ? rcodeOfNumber(responseCode(bytes, start, records, end, low & 0x0f)) : null,
    answers: isResponse && answerCount > 0 && records >= 0 ? readAnswers(bytes, start, records, end, answerCount, name) : NO_ANSWERS,
    answerCount: isResponse ? answerCount : null,
  }
}

/** Where the answer section begins, after `more` further questions; -1 when cut. */
function recordsAt(bytes: Buffer, from: number, end: number, more: number): number {
  let at = from
  for (let left = more; left > 0; left--) {
    at = skipName(bytes, at, end)
    if (at < 0 || at + 4 > end) return -1
    at += 4
  }
  return at
}

function readAnswers(bytes: Buffer, message: number, from: number, end: number, count: number, question: WireName): readonly DnsAnswer[] {
  const answers: DnsAnswer[] = []
  let at = from
  for (let left = Math.min(count, MAX_ANSWERS); left > 0; left--) {
    // Most answers name the question by a pointer to it.
    const isQuestion = at + 2 <= end && bytes.readUInt16BE(at) === 0xc00c
    const name = isQuestion ? question : readName(bytes, message, at, end)
    const fixed = isQuestion ? at + 2 : (name?.next ?? end)
    if (name === null || fixed + 10 > end) break
    const length = bytes.readUInt16BE(fixed + 8)
    const data = fixed + 10
    if (data + length > end) break
    const type = typeOfNumber(bytes.readUInt16BE(fixed))
    answers.push({
      name: name.hasUpperCase ? name.shown.toLowerCase() : name.shown,
      type,
      ttlSeconds: bytes.readUInt32BE(fixed + 4),
      data: recordData(bytes, message, type, data, data + length),
      bytes: length,
    })
    at = data + length
  }
  return answers
}

/**
 * The response code with the upper bits an OPT record adds (RFC 6891 §6.1.3). Only a response without answers can carry
 * such a code, so only there are the other sections walked.
 */
function responseCode(bytes: Buffer, message: number, from: number, end: number, low: number): number {
  if (from < 0 || bytes.readUInt16BE(message + 6) > 0) return low
  let at = from
  for (let left = bytes.readUInt16BE(message + 8) + bytes.readUInt16BE(message + 10); left > 0; left--) {
    at = skipName(bytes, at, end)
    if (at < 0 || at + 10 > end) return low
    if (bytes.readUInt16BE(at) === 41) return ((bytes[at + 4] ?? 0) << 4) | low
    at += 10 + bytes.readUInt16BE(at + 8)
  }
  return low
}
