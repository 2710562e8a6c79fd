import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from './test-support'

// biome-ignore lint/style/noProcessEnv: where the shared captures are, when this machine has them
const shared = process.env.DOWSER_SHARED ?? '../shared'
const samples = `${shared}/samples`
const lab = `${shared}/data/lab`

/** file, format, client lookups, local-multicast rows, process starts, rejects, records skipped for having no name. */
type Row = readonly [string, string, number, number, number, Readonly<Record<string, number>>, number]

/** Figures of the samples' manifest, except where a comment says why not. */
const ROWS: readonly Row[] = [
  ['aws-route53-resolver/elastic-test-route53.log', 'route53-resolver', 34, 0, 0, {}, 0],
  ['aws-route53-resolver/ocsf-route53.raw.json', 'route53-resolver', 1, 0, 0, {}, 0],
  ['azure-firewall-dns/sentinel-AZFWDnsQuery-excerpt.csv', 'azure-firewall-dns', 6, 0, 0, {}, 0],
  ['bind/crowdsec-bind9-logs.log', 'bind', 2, 0, 0, {}, 0],
  ['bind/crowdsec-bind9-syslog.log', 'bind', 2, 0, 0, {}, 0],
  ['bind/elastic-infoblox-nios-dns.log', 'bind', 11, 0, 0, {}, 0],
  ['bind/lab-bind-9.18-bare.log', 'bind', 16, 0, 0, {}, 0],
  ['bind/lab-bind-9.18-iso8601-utc.log', 'bind', 16, 0, 0, {}, 0],
  ['bind/lab-bind-9.18-print-time-category-severity.log', 'bind', 16, 0, 0, {}, 0],
  ['cisco-umbrella/elastic-umbrella-dnslogs.log', 'cisco-umbrella', 15, 0, 0, {}, 0],
  ['cloudflare-gateway/elastic-gateway-dns.log', 'cloudflare-gateway', 1, 0, 0, {}, 0],
  ['coredns/elastic-test-coredns-json.log', 'coredns', 3, 0, 0, {}, 0],
  ['coredns/elastic-test-coredns.log', 'coredns', 9, 0, 0, {}, 0],
  ['dnsmasq/iodine-dnsmasq.log', 'dnsmasq', 21, 0, 0, {}, 0],
  ['dnsmasq/lab-dnsmasq-2.90-log-queries-extra.log', 'dnsmasq', 12, 0, 0, {}, 0],
  ['dnstap/bind9-large-answer.fstrm', 'dnstap', 1, 0, 0, {}, 0],
  ['dnstap/dnscollector-dnstap.fstrm', 'dnstap', 1, 0, 0, {}, 0],
  ['dnstap/lab-bind-9.18-dnstap.fstrm', 'dnstap', 16, 0, 0, {}, 0],
  ['dnstap/lab-knot-3.2.6-dnstap.fstrm', 'dnstap', 12, 0, 0, {}, 0],
  ['ecs-packetbeat/elastic-network_traffic-dns-sample_event.json', 'ecs', 1, 0, 0, {}, 0],
  ['elastic-endpoint/network-sample_event.json', 'ecs', 0, 0, 0, {}, 0],
  ['elastic-endpoint/network-test-dns.json', 'ecs', 0, 0, 0, { 'no-timestamp': 8 }, 0],
  ['elastic-endpoint/process-sample_event.json', 'ecs', 0, 0, 1, {}, 0],
  ['gcp-dns/elastic-test-dns.log', 'gcp-dns', 5, 0, 0, {}, 0],
  ['ocsf/dns_activity-route53-v1.0.0.json', 'ocsf', 1, 0, 0, {}, 0],
  ['ocsf/dns_activity-route53-v1.5.0.json', 'ocsf', 1, 0, 0, {}, 0],
  ['ocsf/elastic-security-lake-dns-activity.ndjson', 'ocsf', 1, 0, 0, {}, 0],
  ['ocsf/process_activity-4688_0.json', 'ocsf', 0, 0, 1, {}, 0],
  ['pcap/dnscap-dns.pcap', 'pcap', 41, 0, 0, {}, 0],
  ['pcap/dnscap-dns.pcap.gz', 'pcap', 41, 0, 0, {}, 0],
  ['pcap/dnscap-dns6.pcap', 'pcap', 1, 0, 0, {}, 0],
  ['pcap/dnscap-dnso1tcp.pcap', 'pcap', 41, 0, 0, {}, 0],
  ['pcap/dnscap-sll2.pcap', 'pcap', 1, 0, 0, {}, 0],
  ['pcap/dnsdump_ip4_fragmented+udp.pcap', 'pcap', 1, 0, 0, {}, 0],
  ['pcap/dnsdump_ip6_fragmented+udp.pcap', 'pcap', 1, 0, 0, {}, 0],
  ['pcap/dnsdump_tcp.pcap', 'pcap', 5, 0, 0, {}, 0],
  ['pcap/dnsdump_udp+tcp.pcap', 'pcap', 2, 0, 0, {}, 0],
  ['pcap/dnsdump_udp.pcap', 'pcap', 15, 0, 0, {}, 0],
  ['pcap/dnsdump_udp_truncated+tcp_fragmented.pcap', 'pcap', 1, 0, 0, {}, 0],
  ['pcap/ndpi-dns-google-nsid.pcapng', 'pcapng', 7, 0, 0, {}, 0],
  ['pcap/ndpi-dns-invalid-chars.pcap', 'pcap', 2, 0, 0, {}, 0],
  ['pcap/ndpi-dns-tunnel-iodine.pcap', 'pcap', 222, 0, 0, {}, 0],
  ['pcap/ndpi-dns_exfiltration.pcap', 'pcap', 150, 0, 0, {}, 0],
  ['pcap/ndpi-dns_long_domainname.pcap', 'pcap', 1, 0, 0, {}, 0],
  ['pcap/ndpi-malformed_dns.pcap', 'pcap', 2, 0, 0, {}, 0],
  ['pcap/suricata-dns-tcp-www-google-com.pcap', 'pcap', 1, 0, 0, {}, 0],
  ['pcap/suricata-dns-udp-double-request-response.pcap', 'pcap', 2, 0, 0, {}, 0],
  ['pcap/suricata-dns-udp-null.pcap', 'pcap', 1, 0, 0, {}, 0],
  ['pcap/tunnel-dns2tcp.pcap', 'pcap', 22, 0, 0, {}, 0],
  ['pcap/tunnel-dnscat2.pcap', 'pcap', 12, 0, 0, {}, 0],
  ['pcap/tunnel-dnsextrator.pcap', 'pcap', 14, 0, 0, {}, 0],
  ['pcap/tunnel-iodine.pcap', 'pcap', 12, 0, 0, {}, 0],
  ['pcap/zeek-dns-invalid-names.pcap', 'pcap', 0, 0, 0, { 'implausible-time': 3 }, 0],
  ['pcap/zeek-dns-txt-multiple.pcap', 'pcap', 1, 0, 0, {}, 0],
  ['pcap/zeek-dns_original_case.pcap', 'pcap', 1, 0, 0, {}, 0],
  // 18 mDNS packets, 6 of which are responses without a question section.
  ['pcap/zeek-mdns.pcap', 'pcap', 0, 12, 0, {}, 0],
  ['powerdns/lab-pdns-recursor-4.8-structured.log', 'powerdns', 12, 0, 0, {}, 0],
  ['suricata-eve/elastic-eve-dns-4-1-4.log', 'suricata-eve', 8, 0, 0, {}, 0],
  ['unbound/elastic-pfsense-unbound.log', 'unbound', 2, 0, 0, {}, 0],
  ['unbound/lab-unbound-1.17-queries-replies.log', 'unbound', 12, 0, 0, {}, 0],
  ['unbound/lab-unbound-1.17-tagged-ascii.log', 'unbound', 12, 0, 0, {}, 0],
  // The 4688 twin of the Sysmon start has an outer time 16 hours off, so the two stay two.
  ['windows-event-evtx/sigma-cve_2025_55182.evtx', 'windows-evtx', 0, 0, 1, {}, 0],
  ['windows-event-json/otrf-nxlog-cmd_discover_iexplorer_version_registry.json', 'windows-event', 0, 0, 2, {}, 0],
  ['windows-event-json/otrf-nxlog-psh_powershell_httplistener.json', 'windows-event', 1, 0, 0, {}, 0],
  ['windows-event-json/otrf-nxlog-sysmon22-psh_cmstp-excerpt.json', 'windows-event', 205, 0, 0, {}, 0],
  ['windows-event-json/otrf-sentinel-SecurityEvent-log4shell.json', 'windows-event', 0, 0, 2, {}, 0],
  ['windows-event-json/otrf-sentinel-Syslog-sysmon-linux-log4shell.json', 'windows-event', 0, 0, 31, {}, 0],
  ['windows-event-json/otrf-sentinel-WindowsEvent-sysmon-excerpt.json', 'windows-event', 2, 0, 2, {}, 0],
  ['windows-dns-server/elastic-analytical-test-events.json', 'microsoft-dnsserver', 3, 0, 0, {}, 0],
  ['windows-event-json/sigma-proc_creation_win_amsi_registry_tampering.json', 'windows-event', 0, 0, 1, {}, 0],
  ['windows-event-json/sigma-proc_creation_win_bitsadmin_download.json', 'windows-event', 0, 0, 1, {}, 0],
  ['windows-event-json/sigma-proc_creation_win_bitsadmin_download_direct_ip.json', 'windows-event', 0, 0, 1, {}, 0],
  ['windows-event-json/sigma-proc_creation_win_bitsadmin_download_file_sharing_domains.json', 'windows-event', 0, 0, 1, {}, 0],
  ['windows-event-json/sigma-proc_creation_win_exploit_cve_2025_55182_susp_nodejs_server_.json', 'windows-event', 0, 0, 1, {}, 0],
  ['windows-event-text/security-4688_0.event', 'windows-event', 0, 0, 1, {}, 0],
  ['winlogbeat-ecs/security-4688-process-created.ecs.json', 'ecs', 0, 0, 1, {}, 0],
  ['winlogbeat-ecs/security-4688-process-created.json', 'winlogbeat', 0, 0, 1, {}, 0],
  ['winlogbeat-ecs/sysmon-1-processcreate.ecs.json', 'ecs', 0, 0, 1, {}, 0],
  ['winlogbeat-ecs/sysmon-22-dns.sample_event.json', 'ecs', 1, 0, 0, {}, 0],
  ['zeek-json/elastic-test-dns.log', 'zeek-json', 5, 3, 0, {}, 0],
  ['zeek-json/ocsf-corelight-dns_log.raw.json', 'zeek-json', 1, 0, 0, {}, 0],
  // 142 lookups when the 20 rows of 1989 count; here they are implausible.
  ['zeek-json/ocsf-examples-dns.log', 'zeek-json', 122, 5, 0, { 'implausible-time': 20 }, 14],
  ['zeek-json/otrf-apt29-NEWYORK_dns.log', 'zeek-json', 118, 0, 0, {}, 0],
  ['zeek-json/otrf-apt29-UTICA-ONE-DRIVE_dns.log', 'zeek-json', 3, 0, 0, {}, 0],
  ['zeek-json/rita-dnscat-dns.json.log', 'zeek-json', 34, 0, 0, {}, 0],
  ['zeek-json/zat-dns.json.log', 'zeek-json', 44, 3, 0, {}, 0],
  ['zeek-tsv/otrf-lsass01-dns.log', 'zeek-tsv', 1, 27, 0, {}, 68],
  ['zeek-tsv/rita-dns.00_00_00-01_00_00.log.gz', 'zeek-tsv', 59, 0, 0, {}, 0],
  ['zeek-tsv/rita-dns.12_00_00-13_00_00.log.gz', 'zeek-tsv', 108, 0, 0, {}, 0],
  ['zeek-tsv/zat-dns.log', 'zeek-tsv', 46, 0, 0, {}, 3],
  ['zeek-tsv/zeek-baseline-duplicate-reponses.log', 'zeek-tsv', 0, 0, 0, { 'bad-timestamp': 2 }, 0],
  ['zeek-tsv/zeek-baseline-multiple-txt-strings.log', 'zeek-tsv', 0, 0, 0, { 'bad-timestamp': 1 }, 0],
  ['zeek-tsv/zeek-baseline-original_case.log', 'zeek-tsv', 0, 0, 0, { 'bad-timestamp': 1 }, 0],
]

describe.runIf(existsSync(samples))('public samples give the counts of their manifest', () => {
  test.each(ROWS)('%s', async (file, format, lookups, local, starts, rejected, nameless) => {
    const log = await readWhole(readFileSync(`${samples}/${file}`))
    expect({
      format: log.outcome.format,
      lookups: log.lookups.filter((event) => event.scope === 'client').length,
      local: log.lookups.filter((event) => event.scope === 'local-multicast').length,
      starts: log.starts.length,
      rejected: log.rejected,
      nameless: log.skipped['no-name'] ?? 0,
    }).toEqual({ format, lookups, local, starts, rejected, nameless })
  })

  test.each([
    ['pcap/dnscap-sll2.pcap', { qname: ',\\.', rcode: 'NXDOMAIN', clientIp: '238.0.0.1', transactionId: 0x5139 }],
    ['pcap/ndpi-dns-invalid-chars.pcap', { qname: 'www.allyourba\\004\\005\\006arebelongto.cn', qtype: 'A', clientPort: 35980 }],
    [
      'pcap/zeek-dns_original_case.pcap',
      { qname: 'us.v27.distributed.net', qnameRaw: 'Us.V27.DiStRiBuTeD.NET', rcode: null, at: 1592402712248 },
    ],
    [
      'pcap/suricata-dns-udp-double-request-response.pcap',
      { clientIp: '10.16.1.11', serverIp: '8.8.8.8', clientPort: 53, transactionId: 1 },
    ],
    [
      'pcap/dnsdump_udp_truncated+tcp_fragmented.pcap',
      { at: 1677958938392, qname: '2048-a.size.dns.netmeister.org', answerCount: 2048, transport: 'tcp' },
    ],
    ['pcap/tunnel-iodine.pcap', { at: 1688392691884, qname: 'yrb0pe.t1.biillpi.com', qtype: 'NULL', rcode: 'NOERROR', answerCount: 1 }],
    [
      'zeek-json/rita-dnscat-dns.json.log',
      { at: 1517336042279, qtype: 'TXT', qname: '6dde0175375169c68f.dnsc.r-1x.com', transactionId: 42937 },
    ],
    ['zeek-json/otrf-apt29-NEWYORK_dns.log', { at: 1588316619797, qname: 'ctldl.windowsupdate.com', answerCount: 5, attempts: 2 }],
    ['zeek-tsv/zat-dns.log', { at: 1379288667631, clientIp: '192.168.33.10', qname: 'guyspy.com', qtype: 'A', rcode: 'NOERROR' }],
    [
      'ecs-packetbeat/elastic-network_traffic-dns-sample_event.json',
      { queryBytes: 36, responseBytes: 121, hostName: null, sensor: 'docker-fleet-agent' },
    ],
    [
      'suricata-eve/elastic-eve-dns-4-1-4.log',
      { at: 1566517707924, clientPort: 46686, transactionId: 51803, qname: 'google.com', rcode: 'NOERROR', answerCount: 1 },
    ],
    [
      'winlogbeat-ecs/sysmon-22-dns.sample_event.json',
      { at: 1563420841261, source: 'vagrant-2016', qtype: null, processName: 'iexplore.exe', rcode: 'NOERROR' },
    ],
    [
      'dnsmasq/iodine-dnsmasq.log',
      { qname: 'yrbqlj.example.attack', qtype: 'NULL', clientIp: '172.18.0.3', rcode: null, timeQuality: 'no-year' },
    ],
  ])('the first lookup of %s has the fields of the manifest', async (file, fields) => {
    const log = await readWhole(readFileSync(`${samples}/${file}`))
    expect(log.lookups[0]).toMatchObject(fields)
  })

  test('the mapped and the raw document of one 4688 event are the same process start', async () => {
    const mapped = await readWhole(readFileSync(`${samples}/winlogbeat-ecs/security-4688-process-created.ecs.json`))
    const raw = await readWhole(readFileSync(`${samples}/winlogbeat-ecs/security-4688-process-created.json`))
    expect({ ...raw.starts[0], format: '' }).toEqual({ ...mapped.starts[0], format: '' })
    expect(raw.starts[0]?.process.args).toEqual(['C:\\Windows\\system32\\wevtutil.exe', 'cl', 'Security'])
  })
})

/** capture, client lookups, the tunnel's domain, lookups in it. */
const CAPTURES = [
  ['benign-office', 4423, null, 0],
  ['dev-iodine', 506 + 1661, 't.brindlecove.net', 506],
  ['dns2tcp-txt', 477 + 1263, 'dt.fallowmere.com', 477],
  ['dnscat2-enc', 188 + 1591, 'millpond-cloud.com', 188],
  ['slow-b32', 13 + 4063, 'img.snowbird-stats.com', 13],
] as const

describe.runIf(existsSync(lab)).each(['client.pcap.gz', 'bind-query.log.gz', 'dnstap-bind.fstrm.gz'])('lab captures: %s', (file) => {
  test.each(CAPTURES)('%s gives the counts of its manifest', async (capture, lookups, domain, tunnelled) => {
    const log = await readWhole(readFileSync(`${lab}/${capture}/${file}`))
    const client = log.lookups.filter((event) => event.scope === 'client')
    // The capture saw one more query of this run than the resolver logged.
    const expected = capture === 'dev-iodine' && !file.startsWith('client') ? lookups - 1 : lookups
    expect(client.reduce((sum, event) => sum + event.attempts, 0)).toBe(expected)
    expect(client).toHaveLength(expected)
    const inTunnel = client.filter((event) => domain !== null && event.qname.endsWith(`.${domain}`))
    expect(inTunnel).toHaveLength(tunnelled)
    expect(log.rejects).toEqual([])
  })
})
