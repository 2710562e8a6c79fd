import type { Rule } from '../detector'

const MINUTE = 60_000

export const HOUR_MS = 60 * MINUTE

export const rule = {
  id: 'dns_tunnel_tool',
  title: 'Known DNS tunnelling tool',
  description: 'The names one source asks below one domain decode to packets of a known tunnelling tool that agree with each other.',
  severity: 'high',
  risk: 73,
  techniques: ['T1572', 'T1071.004', 'T1132.001', 'T1132.002', 'T1573', 'T1048.001', 'T1030', 'T1001.001'],
  after: 'Published sources and protocol documents of the tools themselves',
  intervalMs: 10_000,
  lookBackMs: HOUR_MS,
  maxAlarmsPerRun: null,
  benignFamilies: ['internal-monitoring', 'scripted-application'],
  parameters: [
    {
      id: 'names',
      label: 'Distinct names needed',
      unit: '',
      default: 3,
      min: 3,
      max: 100,
      reason:
        'Proof needs fields of several names to agree: three random hexadecimal names are packets of one dnscat2 session once in 10¹⁴; checksums and counters of other tools are as improbable.',
    },
    {
      id: 'growth',
      label: 'Growth before names are looked at again',
      unit: 'ratio',
      default: 0.25,
      min: 0,
      max: 2,
      reason:
        'Names that prove nothing are decoded again only when a quarter more lookups came, or after ten minutes: the work per domain grows with the logarithm of its lookups.',
    },
    {
      id: 'updateSeconds',
      label: 'Time between updates of an alarm',
      unit: 's',
      default: 60,
      min: 10,
      max: 3_600,
      reason: 'A minute is the grain of the tallies.',
    },
  ],
} as const satisfies Rule
