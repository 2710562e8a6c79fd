import { readFileSync, writeFileSync } from 'node:fs'
import { detectors } from '@/lib/detectors'
import { formats } from '@/lib/formats'
import { detectorsDoc, formatsDoc, readmeWith } from './reference-docs'

writeFileSync(new URL('../docs/detectors.md', import.meta.url), detectorsDoc(detectors))
writeFileSync(new URL('../docs/formats.md', import.meta.url), formatsDoc(formats))

const readme = new URL('../README.md', import.meta.url)
writeFileSync(readme, readmeWith(readFileSync(readme, 'utf8'), detectors, formats))
