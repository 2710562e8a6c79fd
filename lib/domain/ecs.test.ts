import { describe, expect, test } from 'vitest'
import { ecsFieldType, ecsOfProcess } from './ecs'
import type { ProcessEvent } from './process-event'

const event: ProcessEvent = {
  kind: 'process',
  id: 1,
  at: Date.UTC(2026, 0, 10, 10),
  timeQuality: 'exact',
  category: ['process'],
  type: ['start'],
  action: 'Process creation',
  hostId: 'b1946ac9',
  hostName: 'PC7',
  hostIps: ['10.1.2.3', 'fe80::1'],
  user: { name: 'alice', domain: 'CORP', id: null },
  process: {
    name: 'nslookup.exe',
    executable: 'C:\\Windows\\System32\\nslookup.exe',
    args: ['nslookup', '-q=txt', 'a.t.example.org'],
    commandLine: 'nslookup -q=txt a.t.example.org',
    pid: 4242,
    entityId: null,
    originalFileName: 'nslookup.exe',
  },
  parent: { name: 'powershell.exe', executable: null, args: [], commandLine: null, pid: 900, entityId: '{g}' },
  sensor: null,
  format: 'test',
  recordNo: 1,
}

test('a process start has the field names of the schema, and what is unknown is absent', () => {
  expect(Object.fromEntries(ecsOfProcess(event).fields)).toEqual({
    '@timestamp': [event.at],
    'event.kind': ['event'],
    'event.category': ['process'],
    'event.type': ['start'],
    'event.action': ['Process creation'],
    'host.id': ['b1946ac9'],
    'host.name': ['PC7'],
    'host.ip': ['10.1.2.3', 'fe80::1'],
    'user.name': ['alice'],
    'user.domain': ['CORP'],
    'process.name': ['nslookup.exe'],
    'process.executable': ['C:\\Windows\\System32\\nslookup.exe'],
    'process.args': ['nslookup', '-q=txt', 'a.t.example.org'],
    'process.args_count': [3],
    'process.command_line': ['nslookup -q=txt a.t.example.org'],
    'process.pid': [4242],
    'process.pe.original_file_name': ['nslookup.exe'],
    'process.parent.name': ['powershell.exe'],
    'process.parent.pid': [900],
    'process.parent.entity_id': ['{g}'],
  })
})

test('what lies below a path can be asked for as one object', () => {
  const [parent, ...more] = ecsOfProcess(event).nested('process.parent')
  expect(more).toEqual([])
  expect(parent?.fields.get('name')).toEqual(['powershell.exe'])
  expect(ecsOfProcess(event).nested('dns')).toEqual([])
})

describe('types of the schema', () => {
  test.each([
    ['@timestamp', 'date'],
    ['event.ingested', 'date'],
    ['source.ip', 'ip'],
    ['dns.resolved_ip', 'ip'],
    ['related.ip', 'ip'],
    ['destination.bytes', 'number'],
    ['process.parent.pid', 'number'],
    ['process.code_signature.trusted', 'boolean'],
    ['process.name', 'keyword'],
    ['process.name.text', 'text'],
    ['message', 'text'],
    ['labels.site', 'unknown'],
  ])('%s is %s', (field, type) => {
    expect(ecsFieldType(field)).toBe(type)
  })
})
