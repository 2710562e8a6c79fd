/** The five false-positive families of the information-content rule. */
export const BENIGN_FAMILIES = ['update-service', 'cdn', 'internal-monitoring', 'cloud-load-balancing', 'scripted-application'] as const
export type BenignFamily = (typeof BENIGN_FAMILIES)[number]
