import { writeFileSync } from 'node:fs'
import { detectors } from '@/lib/detectors'
import { formats } from '@/lib/formats'
import { detectorsDoc, formatsDoc } from './reference-docs'

writeFileSync(new URL('../docs/detectors.md', import.meta.url), detectorsDoc(detectors))
writeFileSync(new URL('../docs/formats.md', import.meta.url), formatsDoc(formats))
