import type { LogFormat } from './format'
import { dnsmasq } from './dnsmasq/parser'
import { pcap } from './pcap/parser'
import { pcapng } from './pcapng/parser'
import { zeekJson } from './zeek-json/parser'
import { zeekTsv } from './zeek-tsv/parser'

/** Every log format, in the order they are tried; the surest wins, the earlier of two equally sure ones. */
export const formats: readonly LogFormat[] = [pcap, pcapng, zeekTsv, zeekJson, dnsmasq]
