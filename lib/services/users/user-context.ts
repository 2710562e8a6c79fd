import type { ServiceContext } from '@/lib/services/context'

/** What managing users touches; the command line has no more than this. */
export type UserContext = Pick<ServiceContext, 'actor' | 'users' | 'audit' | 'now' | 'newId'>
