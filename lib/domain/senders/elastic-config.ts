import { type Endpoint, endpointOf, quoted, type SenderConfig, type Setup, transportNotes } from './setup'

const SETUP_CALLS =
  'Dowser answers the calls with which Beats set up templates and life cycles; switching them off only keeps the log of the Beat short.'

/** Options that every Beat shares: `output.elasticsearch` of its reference file. */
const beatsOutput = ({ url, user, secret }: Endpoint): string =>
  [
    'output.elasticsearch:',
    `  hosts: [${quoted(url)}]`,
    `  api_key: ${quoted(`${user}:${secret}`)}`,
    '  compression_level: 5',
    '  allow_older_versions: true',
    'setup.ilm.enabled: false',
    'setup.template.enabled: false',
    '',
  ].join('\n')

const beat =
  (file: string, inputs: readonly string[], notes: readonly string[]) =>
  (setup: Setup): SenderConfig => ({
    parts: [{ title: file, code: `${[...inputs, ''].join('\n')}\n${beatsOutput(endpointOf(setup))}` }],
    notes: [...notes, SETUP_CALLS, ...transportNotes(setup)],
  })

export const winlogbeat = beat(
  'winlogbeat.yml',
  [
    'winlogbeat.event_logs:',
    '  - name: Microsoft-Windows-Sysmon/Operational',
    '    event_id: 1, 22',
    '  - name: Security',
    '    event_id: 4688',
  ],
  [
    'Sysmon has to log process starts (1) and DNS queries (22); its configuration decides which.',
    'Security 4688 holds no command line until the policy “Include command line in process creation events” is on; without it scripted nslookup stays unseen.',
    'Sysmon 22 names neither the record type nor the server that was asked: detectors see less than with a resolver’s log.',
  ],
)

export const filebeat = beat(
  'filebeat.yml',
  ['filebeat.inputs:', '  - type: filestream', '    id: dns', '    paths:', '      - /opt/zeek/logs/current/dns.log'],
  ['Send the lines as they are in the file: Dowser reads them itself. Modules with ingest pipelines are not needed.'],
)

export const packetbeat = beat(
  'packetbeat.yml',
  [
    'packetbeat.interfaces.device: any',
    'packetbeat.protocols:',
    '  - type: dns',
    '    ports: [53]',
    '    include_authorities: true',
    '    include_additionals: true',
    'packetbeat.flows.enabled: false',
  ],
  ['It has to see the traffic between clients and resolver; behind the resolver every client looks like the resolver.'],
)

export function elasticAgent(setup: Setup): SenderConfig {
  const { url, user, secret } = endpointOf(setup)
  const code = [
    'outputs:',
    '  default:',
    '    type: elasticsearch',
    `    hosts: [${quoted(url)}]`,
    `    api_key: ${quoted(`${user}:${secret}`)}`,
    '    allow_older_versions: true',
    'agent.monitoring.enabled: false',
    '',
  ].join('\n')
  return {
    parts: [{ title: 'elastic-agent.yml (standalone)', code }],
    notes: [
      'For agents that Fleet manages, add an output of the type Elasticsearch in Fleet with the same address, and give its key in the advanced settings as api_key.',
      'Integrations rely on ingest pipelines that Dowser does not run: it reads the events of Windows, Elastic Defend and network packets itself.',
      ...transportNotes(setup),
    ],
  }
}

export function logstash(setup: Setup): SenderConfig {
  const { url, user, secret } = endpointOf(setup)
  const code = [
    'output {',
    '  elasticsearch {',
    `    hosts => [${quoted(url)}]`,
    `    user => ${quoted(user)}`,
    `    password => ${quoted(secret)}`,
    '    index => "logs-dns"',
    '    data_stream => false',
    '    manage_template => false',
    '    ilm_enabled => false',
    '    http_compression => true',
    '  }',
    '}',
    '',
  ].join('\n')
  return {
    parts: [{ title: 'pipeline.conf', code }],
    notes: [
      'Keep the original line in message or event.original when a filter takes it apart; Dowser reads either that or ECS fields.',
      'The option api_key works as well, with https alone: Logstash refuses it over http.',
      ...transportNotes(setup),
    ],
  }
}

export function vector(setup: Setup): SenderConfig {
  const { url, user, secret } = endpointOf(setup)
  const code = [
    'sinks:',
    '  dowser:',
    '    type: elasticsearch',
    '    inputs: ["dns"]',
    `    endpoints: [${quoted(url)}]`,
    '    api_version: v8',
    '    mode: bulk',
    '    bulk:',
    '      action: create',
    '      index: logs-dns',
    '    compression: gzip',
    '    auth:',
    '      strategy: basic',
    `      user: ${quoted(user)}`,
    `      password: ${quoted(secret)}`,
    '',
  ].join('\n')
  return {
    parts: [{ title: 'vector.yaml', code }],
    notes: ['Replace dns in inputs with the name of your source or transform.', ...transportNotes(setup)],
  }
}

export function fluentBit(setup: Setup): SenderConfig {
  const { isTls, host, port, user, secret } = endpointOf(setup)
  const code = [
    '[OUTPUT]',
    '    Name                es',
    '    Match               *',
    `    Host                ${host}`,
    `    Port                ${port}`,
    `    tls                 ${isTls ? 'On' : 'Off'}`,
    `    HTTP_User           ${user}`,
    `    HTTP_Passwd         ${secret}`,
    '    Index               logs-dns',
    '    Suppress_Type_Name  On',
    '    Compress            gzip',
    '    Trace_Error         On',
    '',
  ].join('\n')
  return {
    parts: [{ title: 'fluent-bit.conf', code }],
    notes: ['A line that the tail input read arrives in its field log and is read from there.', ...transportNotes(setup)],
  }
}

export function rsyslogElastic(setup: Setup): SenderConfig {
  const { isTls, host, port, user, secret } = endpointOf(setup)
  const code = [
    'module(load="omelasticsearch")',
    'template(name="dowser" type="list" option.jsonf="on") {',
    '  property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")',
    '  property(outname="host.name" name="hostname" format="jsonf")',
    '  property(outname="message" name="rawmsg" format="jsonf")',
    '}',
    'action(type="omelasticsearch" template="dowser"',
    `  server=${quoted(host)} serverport="${port}" usehttps="${isTls ? 'on' : 'off'}"`,
    `  uid=${quoted(user)} pwd=${quoted(secret)}`,
    '  searchIndex="logs-dns" searchType="" bulkmode="on" writeoperation="create"',
    '  queue.type="linkedList" queue.size="50000" action.resumeRetryCount="-1")',
    '',
  ].join('\n')
  return {
    parts: [{ title: '/etc/rsyslog.d/60-dowser.conf', code }],
    notes: [
      'Needs the package rsyslog-elasticsearch. option.jsonf came with rsyslog 8.2012, searchType="" with 8.1911.',
      ...transportNotes(setup),
    ],
  }
}

export function syslogNgElastic(setup: Setup): SenderConfig {
  const { url, user, secret } = endpointOf(setup)
  const code = [
    'destination d_dowser {',
    '  elasticsearch-http(',
    `    url(${quoted(`${url}/_bulk`)})`,
    '    index("logs-dns")',
    '    type("")',
    `    user(${quoted(user)})`,
    `    password(${quoted(secret)})`,
    // Macros of syslog-ng; split, because they look like a forgotten template of ours.
    `    template("$(format-json @timestamp=$${'{ISODATE}'} host.name=$${'{HOST}'} message=$${'{MESSAGE}'})")`,
    '    batch-lines(500)',
    '    batch-timeout(2000)',
    '  );',
    '};',
    'log { source(s_src); destination(d_dowser); };',
    '',
  ].join('\n')
  return {
    parts: [{ title: '/etc/syslog-ng/conf.d/dowser.conf', code }],
    notes: ['Replace s_src with your source. Needs syslog-ng 3.21 or newer with its http module.', ...transportNotes(setup)],
  }
}

export function curl(setup: Setup): SenderConfig {
  const { secret } = endpointOf(setup)
  const origin = setup.origin
  return {
    parts: [
      {
        title: 'Any log, as it is',
        code: `curl -sS --fail-with-body -H 'Authorization: Bearer ${secret}' \\\n  --data-binary @dns.log '${origin}/api/v1/events'\n`,
      },
    ],
    notes: [
      'Plain or gzipped, at most 100 MB at once; sending the same records twice adds nothing. The answer counts what was added and rejected.',
      'With status 429 or 503 nothing was stored: send again after the seconds that Retry-After names.',
      ...transportNotes(setup),
    ],
  }
}
