import { existsSync } from 'node:fs'
import { isRole, ROLES, type Role } from '@/lib/domain/permission'
import { userEmailSchema, userNameSchema } from '@/lib/domain/user-fields'
import { createUser } from '@/lib/services/users/create-user'
import { listUsers } from '@/lib/services/users/list-users'
import { resetPassword } from '@/lib/services/users/reset-password'
import { updateUser } from '@/lib/services/users/update-user'
import type { UserAccount } from '@/lib/store/ports'
import type { AppStores } from './app-stores'
import { parseArguments } from './arguments'
import { type Command, CommandError, EXIT, type Terminal, UsageError } from './command'
import { dataFolder, prepareDataFolder } from './data-folder'
import { type ChosenPassword, choosePassword } from './password-input'
import { terminalSafe, textTable } from './terminal-text'

const USAGE = `Usage: dowser user list
       dowser user add --name NAME --email EMAIL --role ${ROLES.join('|')}
       dowser user reset-password EMAIL
       dowser user disable EMAIL
       dowser user enable EMAIL

Manages who may sign in; the server may be running. add and reset-password take the password from standard input, one
line; without one they make it up and print it once. reset-password and disable end the person's sessions. The last
active admin cannot be disabled. Every change is in the audit log as made by "command line".

Exit code 0 when it ran, 1 when it could not, 2 for wrong usage.`

/** One of the sub-commands, its arguments already checked. */
type Work = (stores: AppStores) => Promise<string>

export const user: Command = {
  name: 'user',
  summary: 'list, add, disable people; reset a password',
  usage: USAGE,
  async run(args, terminal) {
    const [verb, ...rest] = args
    const work = verb === 'add' ? await adding(rest, terminal) : await changing(verb, rest, terminal)
    const folder = dataFolder(terminal)
    if (verb !== 'add' && !existsSync(folder.appDb))
      throw new CommandError(`no Dowser data in ${folder.dir}; set DOWSER_DATA to the data folder`)
    prepareDataFolder(folder, terminal.now())
    // Loaded when it is needed: the other commands start without the database client.
    const { withAppStores } = await import('./app-stores')
    await terminal.out(await withAppStores(folder.appDb, terminal.now, explained(work)))
    return EXIT.ok
  },
}

async function adding(args: readonly string[], terminal: Terminal): Promise<Work> {
  const { values, rest } = parseArguments(args, { flags: [], values: ['name', 'email', 'role'] })
  if (rest.length > 0) throw new UsageError(`unexpected ${rest[0]}; the password is read from standard input`)
  const name = userNameSchema.safeParse(values.name)
  const email = userEmailSchema.safeParse(values.email)
  const { role } = values
  if (!name.success) throw new UsageError('--name has to have 1 to 100 characters')
  if (!email.success) throw new UsageError('--email has to be an e-mail address')
  if (!isRole(role)) throw new UsageError(`--role is one of ${ROLES.join(', ')}`)
  const chosen = await choosePassword(terminal)
  return (stores) => add(stores, { name: name.data, email: email.data, role }, chosen)
}

async function changing(verb: string | undefined, args: readonly string[], terminal: Terminal): Promise<Work> {
  const { rest } = parseArguments(args, { flags: [], values: [] })
  if (verb === 'list' && rest.length === 0) return list
  if (verb !== 'reset-password' && verb !== 'disable' && verb !== 'enable')
    throw new UsageError('say list, add, reset-password, disable or enable')
  const [email] = rest
  if (email === undefined || rest.length > 1) throw new UsageError(`${verb} takes one e-mail address`)
  if (verb !== 'reset-password') return (stores) => setDisabled(stores, email, verb === 'disable')
  const chosen = await choosePassword(terminal)
  return (stores) => reset(stores, email, chosen)
}

const list: Work = async (stores) => {
  const { users } = await listUsers(stores)
  const rows = users.map(({ name, email, role, disabled, createdAt }) => [
    ...[terminalSafe(email), terminalSafe(name), role, disabled ? 'disabled' : 'active', new Date(createdAt).toISOString()],
  ])
  return `${textTable([['EMAIL', 'NAME', 'ROLE', 'STATE', 'CREATED'], ...rows], 320)}\n`
}

async function add(
  stores: AppStores,
  person: { readonly name: string; readonly email: string; readonly role: Role },
  { password, isGenerated }: ChosenPassword,
): Promise<string> {
  // With any account the set-up page is closed, and only an admin could give somebody the rights to go on.
  if (person.role !== 'admin' && !(await stores.users.any())) throw new CommandError('the first account has to be an admin')
  const { user: added } = await createUser(stores, { ...person, password })
  return `Added ${added.email}, ${added.role}.\n${shown(password, isGenerated)}`
}

async function reset(stores: AppStores, email: string, { password, isGenerated }: ChosenPassword): Promise<string> {
  const { id } = await requireUser(stores, email)
  const { user: person } = await resetPassword(stores, { userId: id, password })
  await stores.signInFailures.clear(person.email)
  const disabled = person.disabled ? ' The account is disabled: enable it as well.' : ''
  return `New password set for ${terminalSafe(person.email)}; sessions ended.${disabled}\n${shown(password, isGenerated)}`
}

async function setDisabled(stores: AppStores, email: string, disabled: boolean): Promise<string> {
  const { id } = await requireUser(stores, email)
  const { user: person } = await updateUser(stores, { userId: id, disabled })
  return `${disabled ? 'Disabled' : 'Enabled'} ${terminalSafe(person.email)}${disabled ? '; sessions ended' : ''}.\n`
}

const shown = (password: string, isGenerated: boolean): string => (isGenerated ? `Password, shown only now: ${password}\n` : '')

async function requireUser({ users }: Pick<AppStores, 'users'>, email: string): Promise<UserAccount> {
  const wanted = email.toLowerCase()
  const found = (await users.list()).find((candidate) => candidate.email.toLowerCase() === wanted)
  if (found === undefined)
    throw new CommandError(`nobody has the e-mail address ${terminalSafe(email)}; dowser user list shows who there is`)
  return found
}

/** What a service refuses is for the person at the terminal, without a stack. */
function explained(work: Work): Work {
  return async (stores) => {
    try {
      return await work(stores)
    } catch (error) {
      if (error instanceof Error && error.name === 'ServiceError') throw new CommandError(error.message)
      throw error
    }
  }
}
