import { z } from 'zod'

/** How an import or stream stands. `analysing` = stored, detectors still running over it. */
export const INTAKE_STATES = ['receiving', 'analysing', 'done', 'failed'] as const

export const rejectReasonSchema = z.object({
  reason: z.string(),
  count: z.number(),
  /** At most 5 samples a reason. */
  samples: z.array(z.object({ recordNo: z.number(), detail: z.string(), sample: z.string() })),
})

export type RejectReason = z.infer<typeof rejectReasonSchema>

/** The accounting of one way in (one upload, one command-line import, one POST). */
export const intakeSchema = z.object({
  id: z.string(),
  /** `upload`, `api`, `cli`, `demo`. */
  via: z.string(),
  name: z.string(),
  /** Log format id once recognised. */
  format: z.string().nullable(),
  state: z.enum(INTAKE_STATES),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  bytesReceived: z.number(),
  /** Size announced by the sender, if any. */
  bytesTotal: z.number().nullable(),
  records: z.number(),
  dnsEvents: z.number(),
  processEvents: z.number(),
  /** Events already stored before (the same record read twice). */
  duplicates: z.number(),
  /** Records of kinds Dowser does not need (an Ethernet frame without DNS, another event id), by reason. */
  skipped: z.record(z.string(), z.number()),
  rejected: z.number(),
  rejects: z.array(rejectReasonSchema),
  firstEventAt: z.number().nullable(),
  lastEventAt: z.number().nullable(),
  /** Alarms opened or continued by what it brought. */
  alarms: z.number(),
  /** How many of them are suppressed (allowlist, benign catalogue) and so in no queue; left out by imports before it was counted. */
  hiddenAlarms: z.number().optional(),
  /** What went wrong with the container or file as a whole: truncated gzip at byte n, … */
  problems: z.array(z.string()),
  /** Why it failed: what was tried and the first line seen. */
  error: z.string().nullable(),
  demo: z.boolean(),
})
export type Intake = z.infer<typeof intakeSchema>
