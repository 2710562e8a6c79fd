/** Runs once when the server starts, never during a build. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { boot } = await import('./lib/server/boot')
  try {
    await boot()
  } catch (error) {
    process.stderr.write(`Dowser cannot start.\n${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
