import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runTool, secondsSince, tail } from './process.mjs'

const WORKSHOP = '.first-run'

/** True when no store was ever made in the folder. */
export const isEmptyStore = (data) => !existsSync(data) || !readdirSync(data).some((name) => /^(app|events).*\.db$/.test(name))

/**
 * Fills an empty data folder with the demo captures. They are imported in a folder of their own and moved in when
 * complete, so an interrupted first start leaves nothing half done. `app.db` comes last: it is what says "not empty".
 */
export async function importDemo(data, say) {
  const begun = performance.now()
  const workshop = join(data, WORKSHOP)
  rmSync(workshop, { recursive: true, force: true })
  mkdirSync(workshop, { recursive: true, mode: 0o700 })
  say('Importing the demo captures …')
  const { code, output } = await runTool('dist/cli.mjs', ['import', '--demo', '--shift-to-now'], { env: { DOWSER_DATA: workshop } })
  if (code !== 0) {
    rmSync(workshop, { recursive: true, force: true })
    say(`The demo captures could not be imported; Dowser starts without them:\n\n${tail(output, 10)}\n`)
    return
  }
  const files = readdirSync(workshop).sort((a, b) => Number(a.startsWith('app.db')) - Number(b.startsWith('app.db')))
  for (const file of files) renameSync(join(workshop, file), join(data, file))
  rmSync(workshop, { recursive: true, force: true })
  say(`Demo captures imported in ${secondsSince(begun)}.`)
}
