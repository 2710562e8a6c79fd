import { describe, expect, test } from 'vitest'
import { kqlPredicate } from './compile'
import { jsonDocument } from './json-document'

const SEED =
  'event.category:process and event.type:start and process.name:nslookup.exe and process.args:(-querytype=* or -qt=* or -q=* or -type=*)'

const NOW = Date.UTC(2026, 0, 2, 12)

const start = (name: string, args: unknown, event: object = { category: ['process'], type: ['start'] }) => ({
  event,
  process: { name, args },
  host: { id: 'h1' },
})
const lookup = (...args: readonly string[]) => start('nslookup.exe', ['nslookup.exe', ...args])
const txt = ['nslookup.exe', '-q=txt', 'a.example.org']

const A = {
  'host.id': 'h1',
  'dns.question': { name: 'a.b.example.org', type: 'TXT' },
  'dns.answers': [
    { type: 'TXT', data: 'x' },
    { type: 'CNAME', data: 'y' },
  ],
  'source.ip': '10.1.2.3',
  destination: { bytes: 70000, port: 53 },
  '@timestamp': '2026-01-02T03:04:05Z',
  'user.name': 'bob (admin)',
  flag: true,
  'x.y': 'and',
}

describe('the seed query and the language around it', () => {
  test.each<[number, string, unknown, boolean, boolean]>([
    [1, SEED, lookup('-q=txt', 'a.example.org'), true, true],
    [2, SEED, lookup('-querytype=TXT', 'a'), true, true],
    [3, SEED, lookup('-qt=mx', 'a'), true, true],
    [4, SEED, lookup('-type=cname', 'a'), true, true],
    [5, SEED, lookup('a.example.org'), false, false],
    [6, SEED, start('NSLOOKUP.EXE', ['NSLOOKUP.EXE', '-q=txt']), false, true],
    [7, SEED, lookup('-Q=TXT'), false, true],
    [8, SEED, lookup('/q=txt'), false, false],
    [9, SEED, lookup('-query=txt'), false, false],
    [10, SEED, lookup('-q='), true, true],
    [11, SEED, lookup('a-q=txt'), false, false],
    [12, SEED, start('nslookup.exe', '-q=txt'), true, true],
    [13, SEED, start('nslookup.exe', txt, { category: ['process'], type: ['end'] }), false, false],
    [14, SEED, start('nslookup.exe', txt, { category: ['process'], type: ['info', 'start'] }), true, true],
    [15, SEED, start('nslookup.exe', txt, { category: 'process', type: ['start'] }), true, true],
    [16, SEED, { process: { name: 'nslookup.exe' } }, false, false],
    [17, 'process.name:nslookup.ex*', start('nslookup.exe', []), true, true],
    [18, 'process.name:"nslookup.ex*"', start('nslookup.exe', []), false, false],
    [19, 'host.id:*', A, true, true],
    [20, 'user.id:*', A, false, false],
    [21, 'not user.id:*', A, true, true],
    [22, 'NOT host.id:h2 AND dns.question.type:TXT', A, true, true],
    [23, 'host.id:h1 or host.id:h2 and dns.question.type:MX', A, true, true],
    [24, '(host.id:h1 or host.id:h2) and dns.question.type:MX', A, false, false],
    [25, 'dns.question.type:(TXT or MX or NULL)', A, true, true],
    [26, 'dns.question.type:(not TXT)', A, false, false],
    [27, 'dns.question.type:((TXT or MX) and not MX)', A, true, true],
    [28, 'destination.bytes >= 65000', A, true, true],
    [29, 'destination.bytes < 65000', A, false, false],
    [30, 'destination.port:53', A, true, true],
    [31, 'source.ip:10.0.0.0/8', A, true, true],
    [32, 'not source.ip:(192.168.0.0/16 or 172.16.0.0/12)', A, true, true],
    [33, '@timestamp >= "2026-01-01" and @timestamp < "2026-02-01"', A, true, true],
    [34, 'dns.question.name:*.example.org', A, true, true],
    [35, 'dns.question.*:TXT', A, true, true],
    [36, 'user.name:"bob (admin)"', A, true, true],
    [37, 'user.name:bob \\(admin\\)', A, true, true],
    [38, 'dns.answers:{ type:TXT and data:y }', A, false, false],
    [39, 'dns.answers.type:TXT and dns.answers.data:y', A, true, true],
    [40, 'dns.answers:{ type:CNAME and data:y }', A, true, true],
    [41, '', A, true, true],
    [42, '*', A, true, true],
    [43, 'flag:true', A, true, true],
    [44, 'x.y:\\and', A, true, true],
    [45, 'x.y:"and"', A, true, true],
    [46, 'host.id : h1   and   dns.question.type : TXT', A, true, true],
  ])('case %i: %s', (_, query, json, strict, insensitive) => {
    const document = jsonDocument(json)
    expect(kqlPredicate(query, { caseSensitive: true })(document, NOW)).toBe(strict)
    expect(kqlPredicate(query, { caseSensitive: false })(document, NOW)).toBe(insensitive)
  })
})

describe('values by the type of their field', () => {
  const strict = (query: string, json: unknown = A) => kqlPredicate(query, { caseSensitive: true })(jsonDocument(json), NOW)

  test.each([
    ['a value may hold spaces', 'user.name:bob smith', { user: { name: 'bob smith' } }, true],
    ['an `and` at the very end belongs to the value', 'a:b and', { a: 'b and' }, true],
    ['an escaped star is a star', 'a:b\\*', { a: 'b*' }, true],
    ['an escaped star is not a wildcard', 'a:b\\*', { a: 'bcd' }, false],
    ['a backslash in a value is written twice', 'a:C\\:\\\\Windows\\\\x.exe', { a: 'C:\\Windows\\x.exe' }, true],
    ['a unicode escape', 'a:"\\u0041b"', { a: 'Ab' }, true],
    ['several stars mean one', 'a:**', { a: '' }, true],
    ['an empty string exists', 'a:*', { a: '' }, true],
    ['an empty list does not exist', 'a:*', { a: [] }, false],
    ['a null does not exist', 'a:*', { a: null }, false],
    ['an object exists when something below it does', 'process.parent:*', { process: { parent: { name: 'x' } } }, true],
    ['unquoted null equals no stored value', 'a:null', { a: 'null' }, false],
    ['quoted null is a word', 'a:"null"', { a: 'null' }, true],
    ['boolean literal against a keyword', 'user.name:true', { user: { name: 'true' } }, true],
    ['a number is equal by value', 'destination.port:53.0', A, true],
    ['a keyword is not a number', 'user.name:53.0', { user: { name: '53' } }, false],
    ['keywords are ordered by code unit', 'user.name >= bob', A, true],
    ['any element of a list will do', 'event.type:start', { event: { type: ['info', 'start'] } }, true],
    ['not denies all elements', 'not event.type:start', { event: { type: ['info', 'start'] } }, false],
    ['IPv6 networks', 'source.ip:"2001:db8::/32"', { source: { ip: '2001:db8:1::5' } }, true],
    ['IPv6 outside the network', 'source.ip:"2001:db8::/32"', { source: { ip: '2001:db9::5' } }, false],
    ['a network of odd length', 'source.ip:10.1.2.0/23', { source: { ip: '10.1.3.255' } }, true],
    ['just outside of it', 'source.ip:10.1.2.0/23', { source: { ip: '10.1.4.0' } }, false],
    ['addresses have an order', 'source.ip > 10.1.2.3', { source: { ip: '10.1.10.1' } }, true],
    ['an address is compared, not its text', 'source.ip:"2001:db8:0:0::1"', { source: { ip: '2001:DB8::1' } }, true],
    ['a day is all of its instants', '@timestamp:"2026-01-02"', A, true],
    ['after a day means after its end', '@timestamp > "2026-01-02"', A, false],
    ['up to a day includes it', '@timestamp <= "2026-01-02"', A, true],
    ['date math from now', '@timestamp >= now-9h', A, true],
    ['date math out of reach', '@timestamp >= now-8h', A, false],
    ['rounding down to the day', '@timestamp >= now/d', A, true],
    ['a stored instant in epoch ms', '@timestamp < now', { '@timestamp': NOW - 1 }, true],
    ['an offset', '@timestamp:"2026-01-02T04:04:05+01:00"', A, true],
    ['a date with math', '@timestamp < "2026-01-01||+1M/d"', A, true],
    ['text fields match any word in any case', 'message:tunnel', { message: 'A DNS Tunnel was seen' }, true],
    ['quotes on text fields mean a phrase', 'message:"dns tunnel"', { message: 'A DNS Tunnel was seen' }, true],
    ['a phrase keeps its order', 'message:"tunnel dns"', { message: 'A DNS Tunnel was seen' }, false],
    ['a wildcard on text matches one word', 'message:tun*', { message: 'A DNS Tunnel was seen' }, true],
    ['free text looks at every field', '10.1.2.3', A, true],
    ['free text that is nowhere', 'nowhere', A, false],
    ['a nested path that is one object', 'destination:{ port:53 and bytes > 1 }', A, true],
    ['an unknown field is false', 'no.such:thing', A, false],
    ['and its negation true', 'not no.such:thing', A, true],
  ])('%s', (_, query, json, expected) => {
    expect(strict(query, json)).toBe(expected)
  })
})
