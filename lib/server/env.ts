import { resolve } from 'node:path'
import { z } from 'zod'

const origin = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address, such as http://localhost:3000' })
  .transform((url) => new URL(url).origin)

const envSchema = z
  .object({
    DOWSER_DATA: z.string().min(1).default('./data'),
    PORT: z.coerce.number({ error: 'must be a port number' }).int().min(1).max(65_535).default(3000),
    DOWSER_HOST: z.string().min(1).default('127.0.0.1'),
    DOWSER_URL: origin.optional(),
    DOWSER_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    DOWSER_TRUSTED_ORIGINS: z
      .string()
      .default('')
      .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
      .pipe(z.array(origin)),
  })
  .transform((raw) => ({
    dataDir: resolve(/* turbopackIgnore: true */ process.cwd(), raw.DOWSER_DATA),
    port: raw.PORT,
    host: raw.DOWSER_HOST,
    url: raw.DOWSER_URL ?? `http://localhost:${raw.PORT}`,
    secret: raw.DOWSER_SECRET ?? null,
    extraOrigins: raw.DOWSER_TRUSTED_ORIGINS,
  }))

export type Env = z.output<typeof envSchema>

/** A setting that cannot be used; the message names each one. */
export class EnvError extends Error {
  readonly code = 'bad-environment'
}

/** @throws EnvError naming every setting that cannot be used. An empty setting counts as not set. */
export function parseEnv(raw: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = envSchema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new EnvError(parsed.error.issues.map((issue) => `${issue.path[0]?.toString() ?? 'environment'}: ${issue.message}`).join('\n'))
}

let cached: Env | undefined

/** The process's settings, read on first use. @throws EnvError */
export function env(): Env {
  cached ??= parseEnv(process.env)
  return cached
}

/** Origins whose pages may act with a session cookie. On a loopback address both of its spellings count as one. */
export function trustedOrigins({ url, extraOrigins }: Pick<Env, 'url' | 'extraOrigins'> = env()): readonly string[] {
  const { protocol, hostname, port } = new URL(url)
  const isLoopback = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
  const twins = isLoopback ? ['localhost', '127.0.0.1', '[::1]'].map((name) => new URL(`${protocol}//${name}:${port}`).origin) : []
  return [...new Set([url, ...twins, ...extraOrigins])]
}
