import type { Rule } from '../detector'

const MINUTE = 60_000

export const FAST_MS = 5 * MINUTE
export const HOUR_MS = 60 * MINUTE

export const rule = {
  id: 'dns_lookup_tunneling',
  title: 'DNS lookup tunnelling',
  description: 'One source asks for many different, unreadable names below one domain in a short time: data carried in DNS lookups.',
  severity: 'low',
  risk: 21,
  techniques: ['T1572', 'T1071.004', 'T1132.001', 'T1132.002', 'T1030', 'T1048.001', 'T1008'],
  after: 'Netography (Vectra) Fusion detection model dns_lookup_tunneling',
  intervalMs: 10_000,
  lookBackMs: HOUR_MS,
  maxAlarmsPerRun: null,
  benignFamilies: ['update-service', 'cdn', 'internal-monitoring', 'cloud-load-balancing', 'scripted-application'],
  parameters: [
    {
      id: 'fastNames',
      label: 'Unreadable names in 5 minutes',
      unit: '',
      default: 30,
      min: 10,
      max: 1_000,
      reason:
        'An idle iodine session asks for about 75 names in 5 minutes and an idle dnscat2 session for about 300; Elastic’s rule for chunked exfiltration starts at 30 chunks in 5 minutes.',
    },
    {
      id: 'hourNames',
      label: 'Unreadable names in 60 minutes',
      unit: '',
      default: 150,
      min: 20,
      max: 10_000,
      reason: 'An idle dnstt session asks for about 360 names an hour; Sigma’s rule takes 200 names of any kind in 15 minutes.',
    },
    {
      id: 'unreadableShare',
      label: 'Share of names that are unreadable',
      unit: 'ratio',
      default: 0.6,
      min: 0.3,
      max: 1,
      reason:
        'About 1 % of English host labels are judged unreadable, and 25 % of the labels that real homes and offices asked: with those, 60 % of 30 names come about by chance in 5 of 100,000 zones.',
    },
    {
      id: 'uniqueRatio',
      label: 'Distinct names per lookup of one type',
      unit: 'ratio',
      default: 0.7,
      min: 0.2,
      max: 1,
      reason: 'A tunnel must not repeat a name, or a cache answers it: 0.9 and more. Content networks are asked for the same names again.',
    },
    {
      id: 'informationBytes',
      label: 'Information in the names',
      unit: 'B',
      default: 350,
      min: 100,
      max: 100_000,
      reason: 'The floor of Elastic’s job dns_tunneling: about 15 names with 32 base32 characters reach it, 100 readable names do not.',
    },
    {
      id: 'denseNames',
      label: 'Names that suffice when each carries much',
      unit: '',
      default: 10,
      min: 5,
      max: 200,
      reason:
        'Short sessions: a file of a kilobyte leaves in 14 names. Counted only when 90 % are unreadable and asked once: with a quarter of a zone’s names unreadable, 9 of 10 come about in 3 of 100,000 zones, and the information has to be there too.',
    },
    {
      id: 'denseBytes',
      label: 'Information per name that counts as much, 5 minutes',
      unit: 'B',
      default: 20,
      min: 10,
      max: 200,
      reason: 'A name with 32 random base32 characters adds 22 bytes; a content host name adds 5 to 10.',
    },
    {
      id: 'denseBytesHour',
      label: 'Information per name that counts as much, 60 minutes',
      unit: 'B',
      default: 30,
      min: 10,
      max: 200,
      reason:
        'Over an hour hosts named by UUID (24 bytes) or MD5 (22 bytes) can add up without being a tunnel; SHA-1 and longer do not come by the dozen.',
    },
    {
      id: 'carrierNames',
      label: 'Names asked by types that only carry data',
      unit: '',
      default: 5,
      min: 2,
      max: 100,
      reason:
        'NULL, KEY and private-use types have no use between clients and resolvers; nearly all NULL lookups for new names are tunnels (Tatang et al., 2019). CNAME, MX, SRV and NS count when the name is unreadable.',
    },
    {
      id: 'provenNames',
      label: 'Names that suffice when they prove a tool',
      unit: '',
      default: 3,
      min: 3,
      max: 100,
      reason:
        'Names that decode to consistent packets of a known tool need no statistics: three dnscat2 packets of one session come about by chance once in 10¹⁴.',
    },
    {
      id: 'unreadableTxt',
      label: 'Unreadable names asked as TXT in 5 minutes',
      unit: '',
      default: 10,
      min: 5,
      max: 200,
      reason:
        'More than a third of TXT lookups for new names are tunnels (Tatang et al., 2019); mail software asks TXT at service names, which are left out.',
    },
    {
      id: 'plainTxt',
      label: 'Names of any kind asked as TXT in 5 minutes',
      unit: '',
      default: 15,
      min: 5,
      max: 500,
      reason:
        'Command shells that pull text ask short counting names. Elastic’s hunt looks at 50 TXT lookups of a process; per zone, without service names and block lists, 15 is already unusual.',
    },
    {
      id: 'countedNames',
      label: 'Counting names asked as AAAA alone in 5 minutes',
      unit: '',
      default: 15,
      min: 8,
      max: 500,
      reason:
        'A payload fetched from AAAA answers (DNSStager) has 16 bytes a name, so 15 names are the smallest useful one. Clients that want to connect ask for IPv4 addresses too, and farms of numbered hosts not in order: 15 names are in order by chance once in 10¹².',
    },
    {
      id: 'volumeNames',
      label: 'Names of any kind in 5 minutes',
      unit: '',
      default: 100,
      min: 30,
      max: 10_000,
      reason: 'The model as published counts names without reading them; RITA starts at 100 names a day. Alone it stays low.',
    },
    {
      id: 'parityMode',
      label: 'Count hosts only, without reading them (1 yes, 0 no)',
      unit: '',
      default: 0,
      min: 0,
      max: 1,
      reason:
        'The public description of the model counts different hosts within one domain and nothing else. With 1 only “Names of any kind in 5 minutes” decides, for comparison: content networks and large sites then raise alarms too.',
    },
    {
      id: 'stayShare',
      label: 'Share of a threshold that keeps an open alarm open',
      unit: 'ratio',
      default: 0.5,
      min: 0.1,
      max: 1,
      reason:
        'A tunnel that idles falls below the number that opened its alarm and is still there: half of it keeps the alarm up to date. After 30 minutes without it the alarm is quiet and its return counts as a recurrence.',
    },
    {
      id: 'learnedCap',
      label: 'Times a threshold may rise by learning',
      unit: '',
      default: 4,
      min: 1,
      max: 10,
      reason:
        'Thresholds are learned as median plus three deviations of the largest quiet counts of two weeks of hours, as Fusion’s automatic thresholds are learned from mean and sigma; never below the set ones, and at most four times them, so that whoever stays just below gains little. 1 switches learning off.',
    },
    {
      id: 'resolverFactor',
      label: 'Thresholds of a source that speaks for many, times',
      unit: '',
      default: 1.5,
      min: 1,
      max: 10,
      reason:
        'A resolver or forwarder asks for all of its clients. Zeek’s anomalous-dns allows a recursive resolver 12 names where a client gets 8. A source counts as one when most DNS activity is its own although more than five sources are seen.',
    },
    {
      id: 'rotationZones',
      label: 'Most domains that count as used in turn',
      unit: '',
      default: 20,
      min: 2,
      max: 50,
      reason: 'Implants carry a short list of domains (Saitama 3); a longer list of alike zones is a content network or a crawl.',
    },
    {
      id: 'rotationNames',
      label: 'Unreadable names each of those domains needs',
      unit: '',
      default: 3,
      min: 2,
      max: 50,
      reason: 'One odd name in each of many domains is ordinary browsing.',
    },
    {
      id: 'rotationSources',
      label: 'Sources that may ask each of those domains',
      unit: '',
      default: 2,
      min: 1,
      max: 50,
      reason:
        'An implant’s domains are asked by one host or two; RITA treats a domain as rare up to 2 % of the hosts, which counts where that is more.',
    },
    {
      id: 'updateSeconds',
      label: 'Time between updates of an alarm',
      unit: 's',
      default: 60,
      min: 10,
      max: 3_600,
      reason:
        'Fusion’s roll-up period allows 1 to 3,600 s; a minute is the grain of the tallies. After ten minutes an alarm is updated a fifth as often.',
    },
  ],
} as const satisfies Rule
