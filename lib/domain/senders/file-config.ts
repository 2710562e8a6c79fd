import { quoted, type SenderConfig, type Setup } from './setup'

const READABLE = 'Dowser’s user has to be able to read the file and to enter its folder. Rotated files are followed by themselves.'
const pathOf = ({ path }: Setup): string => path ?? ''

export const pihole = (setup: Setup): SenderConfig => ({
  parts: [
    {
      title: '/etc/dnsmasq.d/99-dowser.conf (Pi-hole 6: with misc.etc_dnsmasq_d switched on)',
      code: ['log-queries=extra', `log-facility=${pathOf(setup)}`, ''].join('\n'),
    },
  ],
  notes: [
    READABLE,
    '“extra” adds a number and the client to every line; without it queries and answers are matched by guess.',
    'dnsmasq writes <name unprintable> for names with odd bytes: tunnels with raw bytes are counted, not decoded.',
    'Pi-hole already has log-facility in its own configuration; leave that line out there.',
  ],
})

export const bindFile = (setup: Setup): SenderConfig => ({
  parts: [
    {
      title: 'named.conf',
      code: [
        'logging {',
        '    channel dowser_queries {',
        `        file ${quoted(pathOf(setup))} versions 5 size 200m;`,
        '        print-time iso8601-utc;',
        '        print-category yes;',
        '        print-severity yes;',
        '    };',
        '    category queries { dowser_queries; };',
        '};',
        '',
      ].join('\n'),
    },
    { title: 'Switch it on', code: 'rndc querylog on\n' },
  ],
  notes: [
    READABLE,
    'A query log holds no answers: data that comes back in TXT or NULL records is not seen. dnstap has both.',
    'iso8601-utc needs BIND 9.12 or newer; “print-time yes” writes the server’s local time without saying which.',
  ],
})

export const zeek = (_setup: Setup): SenderConfig => ({
  parts: [{ title: 'local.zeek (optional: JSON keeps names exactly)', code: '@load policy/tuning/json-logs.zeek\n' }],
  notes: [READABLE, 'Both TSV and JSON are read. Follow current/dns.log, not the archive: an archive is better imported once.'],
})

export const suricata = (setup: Setup): SenderConfig => ({
  parts: [
    {
      title: 'suricata.yaml',
      code: [
        'outputs:',
        '  - eve-log:',
        '      enabled: yes',
        '      filetype: regular',
        `      filename: ${quoted(pathOf(setup))}`,
        '      types:',
        '        - dns:',
        '            requests: yes',
        '            responses: yes',
        '            formats: [detailed]',
        '',
      ].join('\n'),
    },
  ],
  notes: [READABLE, 'Other kinds of events in the same file are skipped and counted.'],
})

export const windowsDebug = (setup: Setup): SenderConfig => ({
  parts: [
    {
      title: 'PowerShell on the DNS server',
      code: [
        'Set-DnsServerDiagnostics -EnableLoggingToFile $true `',
        '  -LogFilePath "D:\\dns\\dns.log" -MaxMBFileSize 500000000 `',
        '  -Queries $true -Answers $true -QuestionTransactions $true `',
        '  -UdpPackets $true -TcpPackets $true -ReceivePackets $true -SendPackets $true',
        '',
      ].join('\n'),
    },
  ],
  notes: [
    `Dowser reads ${pathOf(setup) || 'the file'} on its own machine: share D:\\dns and mount it there, read-only.`,
    'The log has the server’s local time and a date order that depends on its language; Dowser learns the order from the file.',
    'It costs the server time and is truncated when full. The analytical log (as JSON through an agent) is the better source where you can have it.',
  ],
})

export const anyFile = (setup: Setup): SenderConfig => ({
  parts: [{ title: 'Followed file', code: `${pathOf(setup)}\n` }],
  notes: [READABLE, 'Any text format that an upload recognises, each file of a pattern by itself; packed files are not followed.'],
})
