import type { Preset, Rule } from '../detector'

/** The rule's query, run as written. */
export const SEED_QUERY =
  'event.category:process and event.type:start and process.name:nslookup.exe and ' +
  'process.args:(-querytype=* or -qt=* or -q=* or -type=*)'

/** Also sees renamed copies, the spelling `-query=`, `/` as option sign, and records without separate arguments. */
export const HARDENED_QUERY =
  'event.category:process and event.type:start and ' +
  '(process.name:nslookup.exe or process.pe.original_file_name:nslookup.exe) and ' +
  '(process.args:(-querytype=* or -query=* or -qt=* or -q=* or -type=* or /querytype=* or /query=* or /qt=* or /q=* or /type=*) or ' +
  '(not process.args:* and process.command_line:(* -querytype=* or * -query=* or * -qt=* or * -q=* or * -type=*)))'

/** Choices beside the rule as it was published. */
const presets: readonly Preset[] = [
  {
    id: 'hardened-query',
    label: 'Hardened query',
    reason:
      'Ignores case and matches what the query as written lets through: -query=, /q=, renamed copies, records without separate arguments.',
    settings: { caseSensitive: 0, hardenedQuery: 1 },
  },
  {
    id: 'upstream-2026',
    label: 'Upstream 2026: 10 in 5 minutes',
    reason:
      'The rule as published in 2026 looks for ten starts by one host within five minutes and ignores case. Its window slides; here it moves every minute.',
    settings: { threshold: 10, windowMinutes: 5, runEveryMinutes: 1, caseSensitive: 0 },
  },
]

export const rule: Rule = {
  id: 'dns_tunneling_nslookup',
  title: 'DNS tunnelling through nslookup',
  description:
    'One host starts nslookup.exe with an explicit query type again and again: a script may be moving data or commands through DNS.',
  severity: 'medium',
  risk: 47,
  techniques: ['T1071', 'T1071.004', 'T1059', 'T1059.001', 'T1059.003', 'T1059.005', 'T1572'],
  after: 'Elastic prebuilt rule "Potential DNS Tunneling via NsLookup", version 4 (threshold form)',
  intervalMs: 5 * 60_000,
  lookBackMs: 9 * 60_000,
  maxAlarmsPerRun: 100,
  parameters: [
    {
      id: 'threshold',
      label: 'Starts of one host that raise an alarm',
      unit: 'starts',
      default: 15,
      min: 1,
      max: 1_000,
      reason:
        'Fifteen starts by one host, as the rule states; people who look something up by hand stay below. The rule of 2026 counts ten in five minutes.',
    },
    {
      id: 'windowMinutes',
      label: 'Look-back of each run',
      unit: 'min',
      default: 9,
      min: 1,
      max: 60,
      reason: 'The rule looks back nine minutes at every run, both ends included.',
    },
    {
      id: 'runEveryMinutes',
      label: 'Time between runs',
      unit: 'min',
      default: 5,
      min: 1,
      max: 60,
      reason:
        'The rule runs every five minutes, here in event time. With nine minutes of look-back a burst of four minutes is always seen whole.',
    },
    {
      id: 'caseSensitive',
      label: 'Compare by case (1 yes, 0 no)',
      unit: '',
      default: 1,
      min: 0,
      max: 1,
      reason: 'The rule language compares keyword values by case, so NSLOOKUP.EXE and -Q=TXT are not matched by the query as written.',
    },
    {
      id: 'hardenedQuery',
      label: 'Use the hardened query (1 yes, 0 no)',
      unit: '',
      default: 0,
      min: 0,
      max: 1,
      reason:
        'The query as written misses -query=, /q=, renamed copies and records that hold a command line only; the hardened one sees them.',
    },
    {
      id: 'groupByHostName',
      label: 'Group by host name where there is no host.id (1 yes, 0 no)',
      unit: '',
      default: 0,
      min: 0,
      max: 1,
      reason:
        'The rule groups by host.id alone, which agents send and exported Windows event files do not hold. Names can be shared by hosts, so this is a choice.',
    },
  ],
  presets,
  exceptions: {
    label: 'Starts that are never counted',
    reason:
      'Elastic applies exceptions before the threshold: an excepted start is not counted at all, so fourteen others beside it stay below fifteen. Name the program and its parent rather than a whole host.',
    fields: ['host.id', 'host.name', 'user.name', 'process.args', 'process.command_line', 'process.executable', 'process.parent.name'],
    example: 'process.parent.name: "inventory-agent.exe" and process.args: *.corp.example',
    limit: 100,
  },
  benignFamilies: ['internal-monitoring', 'scripted-application'],
}
