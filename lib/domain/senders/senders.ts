import type { LogSourceKind, LogSourceSettings } from '../log-source'
import * as dnstap from './dnstap-config'
import * as elastic from './elastic-config'
import * as file from './file-config'
import type { SenderConfig, Setup } from './setup'
import * as syslog from './syslog-config'

export const SENDER_GROUPS = ['Agents and pipelines', 'DNS servers, over dnstap', 'Syslog', 'Files on this machine', 'Scripts'] as const
export type SenderGroup = (typeof SENDER_GROUPS)[number]

/** Something that people already run and that can send DNS logs. */
export interface Sender {
  readonly id: string
  readonly name: string
  readonly group: SenderGroup
  readonly kind: LogSourceKind
  /** What it brings, in a few words. */
  readonly brings: string
  /** What the dialog starts from. */
  readonly defaults: Partial<Pick<LogSourceSettings, 'address' | 'port' | 'path' | 'format'>>
  readonly config: (setup: Setup) => SenderConfig
}

/** 6000 is the port of the examples of CoreDNS and of most dnstap receivers; 5514 needs no privileges, unlike 514. */
const DNSTAP_TCP = { address: '127.0.0.1', port: 6000 } as const
const DNSTAP_UNIX = { path: '/run/dowser/dnstap.sock' } as const
const SYSLOG = { address: '127.0.0.1', port: 5514 } as const

/** Id, name, what it brings, its configuration: senders with a key. */
const keyed = (id: string, name: string, brings: string, config: Sender['config']): Sender => ({
  ...{ id, name, brings, config, group: 'Agents and pipelines', kind: 'elastic', defaults: {} },
})
const overTcp = (id: string, name: string, config: Sender['config']): Sender => ({
  ...{
    id,
    name,
    config,
    group: 'DNS servers, over dnstap',
    kind: 'dnstap-tcp',
    brings: 'Queries and answers, over TCP',
    defaults: DNSTAP_TCP,
  },
})
const overSocket = (id: string, name: string, config: Sender['config']): Sender => ({
  ...{
    id,
    name,
    config,
    group: 'DNS servers, over dnstap',
    kind: 'dnstap-unix',
    brings: 'Queries and answers, over a socket',
    defaults: DNSTAP_UNIX,
  },
})
const overSyslog = (
  id: string,
  name: string,
  kind: 'syslog-udp' | 'syslog-tcp',
  config: (kind: LogSourceKind) => Sender['config'],
): Sender => ({
  ...{
    id,
    name,
    kind,
    group: 'Syslog',
    brings: kind === 'syslog-udp' ? 'Lines, over UDP' : 'Lines, over TCP',
    defaults: SYSLOG,
    config: config(kind),
  },
})
const fromFile = (id: string, name: string, brings: string, path: string, format: string | null, config: Sender['config']): Sender => ({
  ...{ id, name, brings, config, group: 'Files on this machine', kind: 'tail', defaults: { path, format } },
})

export const SENDERS: readonly Sender[] = [
  keyed('winlogbeat', 'Winlogbeat', 'Sysmon and Security events: processes and their DNS', elastic.winlogbeat),
  keyed('filebeat', 'Filebeat', 'Log files of any sensor or resolver', elastic.filebeat),
  keyed('packetbeat', 'Packetbeat', 'DNS seen on the wire', elastic.packetbeat),
  keyed('elastic-agent', 'Elastic Agent', 'Windows, Elastic Defend, network packets', elastic.elasticAgent),
  keyed('logstash', 'Logstash', 'Whatever a pipeline reads', elastic.logstash),
  keyed('vector', 'Vector', 'Whatever a pipeline reads', elastic.vector),
  keyed('fluent-bit', 'Fluent Bit', 'Log files, also in Kubernetes', elastic.fluentBit),
  keyed('rsyslog-elastic', 'rsyslog, omelasticsearch', 'Lines, over HTTP with a key', elastic.rsyslogElastic),
  keyed('syslog-ng-elastic', 'syslog-ng, elasticsearch-http', 'Lines, over HTTP with a key', elastic.syslogNgElastic),
  overTcp('unbound', 'Unbound', dnstap.unbound),
  overTcp('coredns', 'CoreDNS', dnstap.coredns),
  overTcp('dnsdist', 'dnsdist', dnstap.dnsdist),
  overSocket('bind', 'BIND', dnstap.bind),
  overSocket('knot', 'Knot Resolver, Knot DNS', dnstap.knot),
  overSocket('unbound-socket', 'Unbound, on this machine', dnstap.unbound),
  overSocket('coredns-socket', 'CoreDNS, on this machine', dnstap.coredns),
  overSocket('dnsdist-socket', 'dnsdist, on this machine', dnstap.dnsdist),
  overSyslog('rsyslog-tcp', 'rsyslog', 'syslog-tcp', syslog.rsyslog),
  overSyslog('syslog-ng-tcp', 'syslog-ng', 'syslog-tcp', syslog.syslogNg),
  overSyslog('any-tcp', 'Any syslog over TCP', 'syslog-tcp', syslog.anySyslog),
  overSyslog('rsyslog-udp', 'rsyslog, UDP', 'syslog-udp', syslog.rsyslog),
  overSyslog('syslog-ng-udp', 'syslog-ng, UDP', 'syslog-udp', syslog.syslogNg),
  overSyslog('any-udp', 'Any syslog over UDP', 'syslog-udp', syslog.anySyslog),
  fromFile('pihole', 'Pi-hole, dnsmasq', 'Queries and answers', '/var/log/pihole/pihole.log', 'dnsmasq', file.pihole),
  fromFile('bind-file', 'BIND query log', 'Queries, no answers', '/var/log/named/queries.log', 'bind', file.bindFile),
  fromFile('zeek', 'Zeek', 'Queries and answers seen on the wire', '/opt/zeek/logs/current/dns.log', null, file.zeek),
  fromFile(
    'suricata',
    'Suricata eve.json',
    'Queries and answers seen on the wire',
    '/var/log/suricata/eve.json',
    'suricata-eve',
    file.suricata,
  ),
  fromFile('windows-debug', 'Windows DNS debug log', 'Queries, answer codes', '/mnt/dc1/dns.log', 'windows-dns-debug', file.windowsDebug),
  fromFile('any-file', 'Another file', 'Any format that an upload recognises', '/var/log/dns.log', null, file.anyFile),
  {
    id: 'curl',
    name: 'curl, a script of your own',
    group: 'Scripts',
    kind: 'api',
    brings: 'Any log, as it is',
    defaults: {},
    config: elastic.curl,
  },
]

export const findSender = (id: string): Sender | null => SENDERS.find((sender) => sender.id === id) ?? null

export const sendersOf = (kind: LogSourceKind): readonly Sender[] => SENDERS.filter((sender) => sender.kind === kind)
