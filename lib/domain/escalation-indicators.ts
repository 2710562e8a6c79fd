import { z } from 'zod'
import type { Alarm } from './alarm'

/** Most values kept of a kind; what is beyond is counted, and said. */
const MAX_NAMES = 200
const MAX_VALUES = 500

const indicatorListSchema = z.object({
  values: z.array(z.string()),
  /** Values left out of the list. */
  omitted: z.number().int(),
})
export type IndicatorList = z.infer<typeof indicatorListSchema>

/** What to search for and to block, over all alarms of an escalation. Text of logs: hostile. */
export const indicatorsSchema = z.object({
  zones: indicatorListSchema,
  sampleNames: indicatorListSchema,
  hosts: indicatorListSchema,
  users: indicatorListSchema,
  /** Servers that a command line named in the place of the own resolver. */
  servers: indicatorListSchema,
})
export type Indicators = z.infer<typeof indicatorsSchema>

export const INDICATOR_WORDS: Readonly<Record<keyof Indicators, string>> = {
  zones: 'Domains',
  sampleNames: 'Sample names',
  hosts: 'Hosts',
  users: 'Users',
  servers: 'Name servers asked directly',
}

class Values {
  private readonly values = new Set<string>()
  private readonly beyond = new Set<string>()
  constructor(private readonly most: number) {}

  add(value: string | null | undefined): void {
    if (value === null || value === undefined || value === '' || this.values.has(value)) return
    // The count of what is left out is exact up to a bound that hostile input cannot outgrow.
    if (this.values.size < this.most) this.values.add(value)
    else if (this.beyond.size < 100_000) this.beyond.add(value)
  }

  list(): IndicatorList {
    return { values: [...this.values], omitted: this.beyond.size }
  }
}

/** Gathers indicators alarm by alarm, so that no more than one alarm's evidence is in memory. */
export class IndicatorTally {
  private readonly zones = new Values(MAX_VALUES)
  private readonly sampleNames = new Values(MAX_NAMES)
  private readonly hosts = new Values(MAX_VALUES)
  private readonly users = new Values(MAX_VALUES)
  private readonly servers = new Values(MAX_VALUES)

  add({ zone, source, hostName, userName, evidence }: Pick<Alarm, 'zone' | 'source' | 'hostName' | 'userName' | 'evidence'>): void {
    this.zones.add(zone)
    this.hosts.add(hostName)
    this.hosts.add(source)
    this.users.add(userName)
    for (const asking of evidence.sources) this.hosts.add(asking.source)
    for (const start of evidence.processStarts) {
      this.users.add(start.user)
      this.servers.add(start.server)
    }
    for (const sample of evidence.samples) this.sampleNames.add(sample.name)
  }

  indicators(): Indicators {
    return {
      zones: this.zones.list(),
      sampleNames: this.sampleNames.list(),
      hosts: this.hosts.list(),
      users: this.users.list(),
      servers: this.servers.list(),
    }
  }
}
