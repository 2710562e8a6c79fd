import type { Rule } from '../detector'

const MINUTE = 60_000

/** Counts older than a slot are kept by the slot. */
export const SLOT_MS = 10 * MINUTE
export const DAY_MS = 24 * 60 * MINUTE
export const HOUR_MS = 60 * MINUTE
export const WEEK_MS = 7 * DAY_MS

export const rule = {
  id: 'dns_exfiltration_slow',
  title: 'Slow exfiltration over DNS',
  description:
    'One source asks for some twenty unreadable names a day below a domain, or a few domains in turn, that hardly anyone else asks.',
  severity: 'medium',
  risk: 47,
  techniques: ['T1071.004', 'T1048.003', 'T1008', 'T1030'],
  after:
    'The slow track that published replays of the Saitama implant call for; Paxson et al., Practical Comprehensive Bounds on Surreptitious Communication over DNS',
  intervalMs: SLOT_MS,
  lookBackMs: DAY_MS,
  maxAlarmsPerRun: null,
  benignFamilies: ['update-service', 'cdn', 'internal-monitoring', 'cloud-load-balancing', 'scripted-application'],
  parameters: [
    {
      id: 'names',
      label: 'Unreadable names in 24 hours',
      unit: '',
      default: 20,
      min: 10,
      max: 1_000,
      reason:
        'Saitama, a real implant, asked for 116 names in 2.65 hours and for 20 in 19 minutes; a Cobalt Strike beacon that sleeps a minute needs 20 minutes. With a quarter of a zone’s names unreadable, 60 % of 20 come about by chance in 1 of 1,000 zones: the other conditions have to hold too.',
    },
    {
      id: 'unreadableShare',
      label: 'Share of names that are unreadable',
      unit: 'ratio',
      default: 0.6,
      min: 0.3,
      max: 1,
      reason: 'About 1 % of English host labels are judged unreadable, and 25 % of the labels that real homes and offices asked.',
    },
    {
      id: 'askedOnce',
      label: 'Share of unreadable names asked in one minute only',
      unit: 'ratio',
      default: 0.7,
      min: 0.3,
      max: 1,
      reason:
        'Data needs a new name for every piece. A program asks for its host again when the answer runs out, within a day usually: NEMEA’s detector takes 0.9 in a minute, a day leaves room for repeats.',
    },
    {
      id: 'informationBytes',
      label: 'Information in the names, 24 hours',
      unit: 'B',
      default: 350,
      min: 100,
      max: 100_000,
      reason:
        'The floor of Elastic’s job dns_tunneling, here over a day: 17 names with 32 hexadecimal characters. A captured session of Saitama holds 392 to 597 bytes for each of its three domains. In 38 days of six homes no rare domain with 12 unreadable names held more than 165.',
    },
    {
      id: 'beaconBytes',
      label: 'Information of a number that changes below one that stays',
      unit: 'B',
      default: 80,
      min: 40,
      max: 1_000,
      reason:
        'A beacon without work sends its own number and one against caches, 32 bits each (Cobalt Strike’s manual: once a minute by default): 4 bytes that are new in a name, 80 in 20 names. Counted only when nine of ten names end in the same machine-made label and the one in front of it never comes twice.',
    },
    {
      id: 'heavyNames',
      label: 'Unreadable names that suffice when each carries much',
      unit: '',
      default: 10,
      min: 5,
      max: 200,
      reason:
        'A password file leaves in ten long names. Counted only when 90 % of the names are unreadable and asked once, and each is heavier than a hash.',
    },
    {
      id: 'heavyBytes',
      label: 'Information per name that counts as much',
      unit: 'B',
      default: 30,
      min: 10,
      max: 200,
      reason:
        'A host named by a UUID or an MD5 adds 22 to 24 bytes, by a SHA-1 26 to 28; a name with 48 random base32 characters adds more than 30.',
    },
    {
      id: 'sources',
      label: 'Sources that may ask the domain',
      unit: '',
      default: 2,
      min: 1,
      max: 50,
      reason: 'An implant’s domain is asked by one host or two, a product’s by many: RITA treats a domain as rare up to 2 % of the hosts.',
    },
    {
      id: 'sourceShare',
      label: 'Share of active sources that may ask the domain',
      unit: 'ratio',
      default: 0.02,
      min: 0,
      max: 0.5,
      reason: 'RITA’s prevalence modifier; counts where it is more than the number of sources above.',
    },
    {
      id: 'rotationNames',
      label: 'Unreadable names each rotating domain needs',
      unit: '',
      default: 3,
      min: 2,
      max: 50,
      reason:
        'One odd name in each of many domains is ordinary browsing; the 20th name of Saitama had come after at least three of each of its domains.',
    },
    {
      id: 'rotationDomains',
      label: 'Most domains that count as a rotation',
      unit: '',
      default: 10,
      min: 2,
      max: 50,
      reason: 'Implants carry a short list of domains (Saitama 3); a longer list of alike zones is a content network or a crawl.',
    },
    {
      id: 'fastNames',
      label: 'Unreadable names in 10 minutes that are no longer slow',
      unit: '',
      default: 60,
      min: 20,
      max: 1_000,
      reason: 'From 30 names in 5 minutes on, the detector for fast tunnels speaks; a second alarm would say the same.',
    },
    {
      id: 'activeSlots',
      label: 'Ten-minute spans with unreadable names',
      unit: '',
      default: 3,
      min: 1,
      max: 100,
      reason:
        'A burst within 20 minutes, such as one page or one update, is not slow; an implant comes back. Saitama’s 20 names fill three spans.',
    },
    {
      id: 'updateMinutes',
      label: 'Time between updates of an alarm',
      unit: 'min',
      default: 10,
      min: 1,
      max: 60,
      reason: 'The step of the day’s window; a slow alarm gains a few names in it.',
    },
  ],
} as const satisfies Rule
