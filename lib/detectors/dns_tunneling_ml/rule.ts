import type { Rule } from '../detector'

const MINUTE = 60_000

export const BUCKET_MS = 15 * MINUTE

export const rule = {
  id: 'dns_tunneling_ml',
  title: 'DNS tunnelling, anomalous information content',
  description: 'The names asked below one domain in 15 minutes hold far more information than those of all other domains.',
  severity: 'low',
  risk: 21,
  techniques: ['T1572', 'T1071.004', 'T1132.001', 'T1132.002'],
  after: 'Elastic prebuilt rule DNS Tunneling (machine learning job packetbeat_dns_tunneling)',
  intervalMs: BUCKET_MS,
  lookBackMs: 3 * BUCKET_MS,
  maxAlarmsPerRun: 100,
  benignFamilies: ['update-service', 'cdn', 'internal-monitoring', 'cloud-load-balancing', 'scripted-application'],
  parameters: [
    {
      id: 'anomalyScore',
      label: 'Anomaly score from which an alarm opens',
      unit: '',
      default: 50,
      min: 1,
      max: 100,
      reason:
        'The rule’s threshold since its first version: probability of about 0.0026 or less and near the 99th percentile of what was seen.',
    },
    {
      id: 'informationBytes',
      label: 'Information below which a result is skipped',
      unit: 'B',
      default: 350,
      min: 0,
      max: 100_000,
      reason: 'The job skips results under 350 bytes whatever their probability: about 15 names with 32 base32 characters reach it.',
    },
    {
      id: 'influence',
      label: 'Influence from which a source is named',
      unit: 'ratio',
      default: 0.4,
      min: 0.1,
      max: 1,
      reason: 'The job keeps influencers from 0.4 up, the ratio of the logarithms of the source’s own and the domain’s probability.',
    },
    {
      id: 'alarmsPerRun',
      label: 'Alarms per run, highest scores first',
      unit: '',
      default: 100,
      min: 1,
      max: 1_000,
      reason: 'The rule’s limit of signals per execution.',
    },
  ],
} as const satisfies Rule
