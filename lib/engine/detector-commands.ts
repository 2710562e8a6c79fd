import type { CommandHandlers } from './commands'
import type { ConfiguredDetectors } from './configured-detectors'
import type { PreviewJobs } from './preview-jobs'

type DetectorCommand = Extract<keyof CommandHandlers, `detectors.${string}`>

/** The worker's answers about detectors. */
export function detectorCommands(configured: ConfiguredDetectors, previews: PreviewJobs): Pick<CommandHandlers, DetectorCommand> {
  return {
    'detectors.reload': async () => ({ changed: configured.reload() }),
    'detectors.activity': async () =>
      Object.fromEntries(
        configured.detectors.map(({ rule }) => [
          rule.id,
          { lastStepAt: configured.lastStepAt(rule.id), status: configured.statusOf(rule.id) },
        ]),
      ),
    'detectors.preview': async (request) => ({ previewId: previews.start(request) }),
    'detectors.previewState': async ({ previewId }) => previews.stateOf(previewId),
    'detectors.cancelPreview': async ({ previewId }) => {
      previews.cancel(previewId)
      return {}
    },
  }
}
