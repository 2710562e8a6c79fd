import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ProcessEvent, ProcessIdentity } from '@/lib/domain/process-event'
import { defaultsOf } from '../detector'
import { dnsTunnelingNslookup } from './detector'
import { rule } from './rule'
import { play } from './testing/play'

interface Document {
  readonly '@timestamp': string
  readonly host: { readonly id: string; readonly name: string }
  readonly winlog: { readonly event_data: Readonly<Record<string, string>> }
}

/** Enough for the fixtures: quotes group, nothing is escaped. */
const argumentsOf = (commandLine: string): string[] => (commandLine.match(/"[^"]*"|\S+/g) ?? []).map((part) => part.replaceAll('"', ''))

function identity(image = '', commandLine = '', pid = '', guid = ''): ProcessIdentity {
  return {
    name: image.replace(/^.*\\/, ''),
    executable: image,
    args: argumentsOf(commandLine),
    commandLine,
    pid: Number(pid),
    entityId: guid,
  }
}

function eventOf(line: string, id: number): ProcessEvent {
  const { '@timestamp': time, host, winlog }: Document = JSON.parse(line)
  const data = winlog.event_data
  const [domain = '', name = ''] = (data.User ?? '').split('\\')
  return {
    kind: 'process',
    id,
    at: Date.parse(time),
    timeQuality: 'exact',
    category: ['process'],
    type: ['start'],
    action: 'Process creation',
    hostId: host.id,
    hostName: host.name,
    hostIps: [],
    user: { name, domain, id: null },
    process: {
      ...identity(data.Image, data.CommandLine, data.ProcessId, data.ProcessGuid),
      originalFileName: data.OriginalFileName ?? null,
    },
    parent: identity(data.ParentImage, data.ParentCommandLine, data.ParentProcessId, data.ParentProcessGuid),
    sensor: null,
    format: 'fixture',
    recordNo: id + 1,
  }
}

const findings = (file: string) => {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return play(dnsTunnelingNslookup.create(defaultsOf(rule)), lines.map(eventOf))
}

const CHANNEL = {
  at: Date.parse('2026-11-21T18:00:00Z'),
  zone: 'metrics-relay.example',
  source: 'fin-pc07',
  userName: 'mkeller',
  queries: 24,
  distinctNames: 24,
}

test.each(['fixtures/malicious-powershell-channel.ndjson', '../../../demo/nslookup-sysmon.ndjson'])(
  '%s: one alarm, with the document behind it',
  (file) => {
    const found = findings(file)
    expect(found).toMatchObject([CHANNEL])
    expect(found[0]?.evidence.processTree.map(({ depth, name, starts }) => [depth, name, starts])).toEqual([
      [0, 'explorer.exe', 24],
      [1, 'WINWORD.EXE', 24],
      [2, 'powershell.exe', 24],
      [3, 'nslookup.exe', 24],
    ])
    expect(found[0]?.techniques.map(({ id }) => id)).toEqual(['T1071.004', 'T1071', 'T1059.001', 'T1572'])
  },
)

test('fixtures/benign-workstations.ndjson: no alarm, though a person and a logon script ask for query types', () => {
  expect(findings('fixtures/benign-workstations.ndjson')).toEqual([])
})
