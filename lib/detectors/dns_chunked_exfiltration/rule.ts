import type { Rule } from '../detector'

const MINUTE = 60_000

export const HOUR_MS = 60 * MINUTE

export const rule = {
  id: 'dns_chunked_exfiltration',
  title: 'Numbered chunks in DNS names',
  description:
    'One source asks for names that number pieces of unreadable text: a file leaves in order, and the missing pieces can be told.',
  severity: 'medium',
  risk: 47,
  techniques: ['T1048.003', 'T1020', 'T1030'],
  after: 'Elastic prebuilt rule Excessive DNS Queries by Process (chunked exfiltration)',
  intervalMs: MINUTE,
  lookBackMs: HOUR_MS,
  maxAlarmsPerRun: null,
  benignFamilies: ['cdn', 'internal-monitoring', 'cloud-load-balancing', 'scripted-application'],
  parameters: [
    {
      id: 'chunks',
      label: 'Different chunk numbers in 60 minutes',
      unit: '',
      default: 30,
      min: 5,
      max: 10_000,
      reason: 'Elastic’s rule asks for 30 different indices of one process in 5 minutes; here an hour, because chunks may be sent slowly.',
    },
    {
      id: 'contiguousChunks',
      label: 'Chunk numbers that suffice when they are contiguous',
      unit: '',
      default: 10,
      min: 5,
      max: 1_000,
      reason:
        'Ten numbers that leave out at most one between them do not come about by chance: of ten numbers below 65,536 drawn at random, all lie that close once in 10³³.',
    },
    {
      id: 'coverage',
      label: 'Share of the numbers between first and last that were seen',
      unit: 'ratio',
      default: 0.9,
      min: 0.5,
      max: 1,
      reason: 'A sender counts up without gaps; a log or a capture loses a few packets.',
    },
    {
      id: 'payload',
      label: 'Mean characters of a chunk',
      unit: '',
      default: 20,
      min: 8,
      max: 200,
      reason: 'Elastic’s rule; fewer characters make a file of a kilobyte take a hundred lookups, and short numbered hosts are common.',
    },
    {
      id: 'unreadableShare',
      label: 'Share of chunks that are unreadable',
      unit: 'ratio',
      default: 0.8,
      min: 0.5,
      max: 1,
      reason: 'Random text of 20 characters is judged unreadable in 99 of 100 cases, numbered host names of an operator mostly readable.',
    },
    {
      id: 'inOrder',
      label: 'Share of steps that count up, when numbers have gaps',
      unit: 'ratio',
      default: 0.8,
      min: 0.6,
      max: 1,
      reason: 'Numbers drawn at random rise in half of the steps: 24 of 30 by chance once in 1,400. Chunks rise in nearly all of them.',
    },
    {
      id: 'updateSeconds',
      label: 'Time between updates of an alarm',
      unit: 's',
      default: 60,
      min: 10,
      max: 3_600,
      reason: 'A minute is the grain of the tallies. After ten minutes an alarm is updated a fifth as often.',
    },
  ],
} as const satisfies Rule
