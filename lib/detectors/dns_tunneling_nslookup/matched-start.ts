import { z } from 'zod'
import type { ProcessEvent, ProcessIdentity } from '@/lib/domain/process-event'
import { nslookupRequest } from './nslookup-arguments'

/** Longest text kept of one field, in characters; what is cut ends in an ellipsis. */
export const MAX_TEXT = 1_024
const MAX_ARGUMENTS = 32
const MAX_ARGUMENT = 300

const identitySchema = z.object({
  name: z.string().nullable(),
  executable: z.string().nullable(),
  commandLine: z.string().nullable(),
  pid: z.number().nullable(),
  entityId: z.string().nullable(),
})
export const keptIdentitySchema = identitySchema.readonly()
/** A process with bounded texts. */
export type KeptIdentity = z.infer<typeof keptIdentitySchema>

export const matchedStartSchema = identitySchema
  .extend({
    at: z.number(),
    id: z.number(),
    hostId: z.string(),
    hostName: z.string().nullable(),
    user: z.string().nullable(),
    userDomain: z.string().nullable(),
    args: z.array(z.string()),
    queryType: z.string().nullable(),
    target: z.string().nullable(),
    server: z.string().nullable(),
    parent: keptIdentitySchema,
  })
  .readonly()
/** What is kept of a process start that matched the query; all texts are bounded. */
export type MatchedStart = z.infer<typeof matchedStartSchema>

const bounded = (text: string | null, limit: number): string | null =>
  text === null || text.length <= limit ? text : `${text.slice(0, limit - 1)}…`

export function keptIdentity(identity: ProcessIdentity): KeptIdentity {
  return {
    name: bounded(identity.name, MAX_ARGUMENT),
    executable: bounded(identity.executable, MAX_TEXT),
    commandLine: bounded(identity.commandLine, MAX_TEXT),
    pid: identity.pid,
    entityId: bounded(identity.entityId, MAX_ARGUMENT),
  }
}

export function matchedStart(event: ProcessEvent, hostId: string): MatchedStart {
  const { queryType, target, server } = nslookupRequest(event.process.args)
  return {
    ...keptIdentity(event.process),
    at: event.at,
    id: event.id,
    hostId,
    hostName: bounded(event.hostName, MAX_ARGUMENT),
    user: bounded(event.user.name, MAX_ARGUMENT),
    userDomain: bounded(event.user.domain, MAX_ARGUMENT),
    args: event.process.args.slice(0, MAX_ARGUMENTS).map((argument) => bounded(argument, MAX_ARGUMENT) ?? ''),
    queryType,
    target: bounded(target, MAX_TEXT),
    server: bounded(server, MAX_ARGUMENT),
    parent: keptIdentity(event.parent),
  }
}

/** `DOMAIN\name`, or the name alone. */
export function accountOf({ user, userDomain }: Pick<MatchedStart, 'user' | 'userDomain'>): string | null {
  return user === null || userDomain === null ? user : `${userDomain}\\${user}`
}
