import type { DnsEvent } from '@/lib/domain/dns-event'
import type { ProcessEvent } from '@/lib/domain/process-event'

/** A plain lookup; tests name what matters to them. */
export function lookup(event: Partial<DnsEvent> & Pick<DnsEvent, 'at' | 'id'>): DnsEvent {
  return {
    kind: 'dns',
    timeQuality: 'exact',
    source: '10.0.0.5',
    clientIp: '10.0.0.5',
    clientPort: 53124,
    serverIp: '10.0.0.53',
    serverPort: 53,
    transport: 'udp',
    transactionId: 4711,
    qname: 'www.example.net',
    qnameRaw: null,
    qnameLossy: false,
    qtype: 'A',
    rcode: 'NOERROR',
    answers: [],
    answerCount: 0,
    queryBytes: 33,
    responseBytes: 49,
    hostId: null,
    hostName: null,
    userName: null,
    processName: null,
    sensor: null,
    scope: 'client',
    attempts: 1,
    format: 'pcap',
    recordNo: 1,
    ...event,
  }
}

/** A plain process start. */
export function processStart(event: Partial<ProcessEvent> & Pick<ProcessEvent, 'at' | 'id'>): ProcessEvent {
  const identity = {
    name: 'nslookup.exe',
    executable: 'C:\\Windows\\System32\\nslookup.exe',
    args: ['nslookup.exe', '-q=txt', 'a.example.net'],
  }
  return {
    kind: 'process',
    timeQuality: 'exact',
    category: ['process'],
    type: ['start'],
    action: 'Process Create',
    hostId: 'host-1',
    hostName: 'WS-01',
    hostIps: ['10.0.0.5'],
    user: { name: 'kim', domain: 'CORP', id: 'S-1-5-21-1' },
    process: {
      ...identity,
      commandLine: 'nslookup.exe -q=txt a.example.net',
      pid: 4242,
      entityId: '{e1}',
      originalFileName: 'nslookup.exe',
    },
    parent: { name: 'cmd.exe', executable: null, args: [], commandLine: null, pid: 4000, entityId: null },
    sensor: 'Sysmon',
    format: 'winlogbeat-ecs',
    recordNo: 7,
    ...event,
  }
}
