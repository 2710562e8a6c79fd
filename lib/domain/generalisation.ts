import { z } from 'zod'
import { severitySchema } from './alarm'

/** Sessions of one made-up program in one range of sizes. */
const sizeResultSchema = z.object({
  runs: z.number(),
  found: z.number(),
  /** Found with an alarm of medium severity or above. */
  atMedium: z.number(),
  /** Sessions with an alarm that names the program, and with one that names another. */
  right: z.number(),
  wrong: z.number(),
  /** Medians over the sessions found; null when none was. */
  delayMs: z.number().nullable(),
  queriesNeeded: z.number().nullable(),
  /** Alarms on anything but the tunnel. */
  falseAlarms: z.number(),
})
export type SizeResult = z.infer<typeof sizeResultSchema>

const severityCountsSchema = z.partialRecord(severitySchema, z.number())

/** Recall and false alarms on made-up programs that the detectors were not developed with. */
export const generalisationSchema = z.object({
  measuredAt: z.iso.datetime(),
  seeds: z.number(),
  /** Of a network of honest traffic. */
  clients: z.number(),
  hours: z.number(),
  tunnels: z.array(
    z.object({
      id: z.string(),
      /** null: no fingerprint knows it, so every name given is wrong. */
      tool: z.string().nullable(),
      what: z.string(),
      source: z.string(),
      /** Sessions of 20 to 59 lookups, and of 60 to 400. */
      few: sizeResultSchema,
      many: sizeResultSchema,
    }),
  ),
  honest: z.array(
    z.object({
      id: z.string(),
      what: z.string(),
      source: z.string(),
      lookups: z.number(),
      clientDays: z.number(),
      /** Open alarms by severity. */
      withCatalogue: severityCountsSchema,
      without: severityCountsSchema,
    }),
  ),
})
export type Generalisation = z.infer<typeof generalisationSchema>
