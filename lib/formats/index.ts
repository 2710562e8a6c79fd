import { azureFirewallDns } from './azure-firewall-dns/parser'
import { bind } from './bind/parser'
import { ciscoUmbrella } from './cisco-umbrella/parser'
import { cloudflareGateway } from './cloudflare-gateway/parser'
import { coredns } from './coredns/parser'
import { dnsmasq } from './dnsmasq/parser'
import { dnstap } from './dnstap/parser'
import { ecs } from './ecs/parser'
import type { LogFormat } from './format'
import { gcpDns } from './gcp-dns/parser'
import { iscDhcp } from './isc-dhcp/parser'
import { keaLeases } from './kea-leases/parser'
import { microsoftAsim } from './microsoft-asim/parser'
import { microsoftDnsserver } from './microsoft-dnsserver/parser'
import { ocsf } from './ocsf/parser'
import { pcap } from './pcap/parser'
import { pcapng } from './pcapng/parser'
import { powerdns } from './powerdns/parser'
import { route53Resolver } from './route53-resolver/parser'
import { suricataEve } from './suricata-eve/parser'
import { unbound } from './unbound/parser'
import { windowsDhcp } from './windows-dhcp/parser'
import { windowsDnsDebug } from './windows-dns-debug/parser'
import { windowsEvent } from './windows-event/parser'
import { windowsEvtx } from './windows-evtx/parser'
import { winlogbeat } from './winlogbeat/parser'
import { zeekJson } from './zeek-json/parser'
import { zeekTsv } from './zeek-tsv/parser'

/** Every log format, in the order they are tried; the surest wins, the earlier of two equally sure ones. */
export const formats: readonly LogFormat[] = [
  pcap,
  pcapng,
  dnstap,
  windowsEvtx,
  zeekTsv,
  suricataEve,
  zeekJson,
  windowsEvent,
  ocsf,
  route53Resolver,
  gcpDns,
  cloudflareGateway,
  azureFirewallDns,
  microsoftAsim,
  microsoftDnsserver,
  winlogbeat,
  ecs,
  ciscoUmbrella,
  bind,
  unbound,
  dnsmasq,
  coredns,
  windowsDnsDebug,
  powerdns,
  windowsDhcp,
  iscDhcp,
  keaLeases,
]
